// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageStore;
import org.sekisho.api.messagestore.ReEncryption;
import org.sekisho.soap.messagestore.wire.CohortView;
import org.sekisho.soap.messagestore.wire.JobPage;
import org.sekisho.soap.messagestore.wire.KeptStatement;
import org.sekisho.soap.messagestore.wire.MessagePage;
import org.sekisho.soap.messagestore.wire.MessageStorePort;
import org.sekisho.soap.messagestore.wire.StoreView;
import org.sekisho.soap.messagestore.wire.StoredMessage;

/** {@link MessageStore} and {@link ReEncryption} in SOAP. Chunks are base64 text, one or a few in a message. */
abstract class MessageStoreEndpoint extends SoapEndpoint implements MessageStorePort {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile MessageStore store;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile ReEncryption reEncryption;

    MessageStoreEndpoint(SoapVersion version) {
        super(version);
    }

    @Override
    public void upload(String group, String message, int index, boolean last, String chunk) {
        as(caller -> {
            store().upload(caller, id(group), message(message), index, last, Arguments.octets(chunk));
            return group;
        });
    }

    @Override
    public StoredMessage deposit(
            String group,
            String meta,
            String signature,
            List<String> hashes,
            long epoch,
            String header,
            List<String> chunks) {
        return as(caller -> Beans.of(
                StoredMessage.class,
                store().deposit(
                                caller,
                                id(group),
                                new Deposit(
                                        Arguments.octets(meta),
                                        Arguments.octets(signature),
                                        hashes.stream().map(Hash::parse).toList(),
                                        epoch,
                                        Arguments.octets(header),
                                        chunks.stream().map(Octets::ofBase64).toList()))));
    }

    @Override
    public MessagePage list(String group, long epoch, @Nullable String cursor, @Nullable Integer limit) {
        return as(caller -> Beans.of(
                MessagePage.class,
                store().list(caller, id(group), epoch, Arguments.cursor(cursor), Arguments.limit(limit))));
    }

    @Override
    public StoredMessage message(String group, String message, long epoch) {
        return as(caller -> Beans.of(StoredMessage.class, store().message(caller, id(group), message(message), epoch)));
    }

    @Override
    public List<String> chunks(String group, String message, int first, int count) {
        return as(caller -> store().chunks(caller, id(group), message(message), first, count).stream()
                .map(Octets::base64)
                .toList());
    }

    @Override
    public StoredMessage delete(String group, String message) {
        return as(caller -> Beans.of(StoredMessage.class, store().delete(caller, id(group), message(message))));
    }

    @Override
    public CohortView submitToken(String group, String statement, String token) {
        return as(caller -> Beans.of(
                CohortView.class,
                reEncryption()
                        .submit(
                                caller,
                                id(group),
                                Arguments.octets(statement),
                                SecretBytes.take(Arguments.octets(token).toByteArray()))));
    }

    @Override
    public void state(String group, String statement) {
        as(caller -> {
            reEncryption().state(caller, id(group), Arguments.octets(statement));
            return group;
        });
    }

    @Override
    public List<KeptStatement> statements(String group, long after, @Nullable Integer limit) {
        return as(caller -> Beans.all(
                KeptStatement.class,
                reEncryption().statements(caller, id(group), Arguments.position(after), Arguments.limit(limit))));
    }

    @Override
    public List<CohortView> cohorts(String group) {
        return as(caller -> Beans.all(CohortView.class, reEncryption().cohorts(caller, id(group))));
    }

    @Override
    public JobPage jobs(@Nullable String group, @Nullable String cursor, @Nullable Integer limit) {
        return as(caller -> Beans.of(
                JobPage.class,
                reEncryption()
                        .jobs(
                                caller,
                                Optional.ofNullable(group).map(GroupId::parse),
                                Arguments.cursor(cursor),
                                Arguments.limit(limit))));
    }

    @Override
    public StoreView status(String group) {
        return as(caller -> Beans.of(StoreView.class, reEncryption().status(caller, id(group))));
    }

    private static GroupId id(String group) {
        return GroupId.parse(Arguments.text(group));
    }

    private static MessageId message(String message) {
        return MessageId.parse(Arguments.text(message));
    }

    private MessageStore store() {
        return Present.require(store, "the message store");
    }

    private ReEncryption reEncryption() {
        return Present.require(reEncryption, "the message store");
    }
}
