// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import java.util.Optional;
import javax.xml.datatype.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.LeafId;
import org.sekisho.api.directory.Directory;
import org.sekisho.api.directory.EnrolmentRequest;
import org.sekisho.api.directory.Registering;
import org.sekisho.soap.directory.wire.DirectoryPort;
import org.sekisho.soap.wire.Enrolment;
import org.sekisho.soap.wire.EnrolmentToken;
import org.sekisho.soap.wire.GatewayView;
import org.sekisho.soap.wire.Participant;
import org.sekisho.soap.wire.ParticipantPage;

/** {@link Directory} in SOAP. */
abstract class DirectoryEndpoint extends SoapEndpoint implements DirectoryPort {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile Directory directory;

    DirectoryEndpoint(SoapVersion version) {
        super(version);
    }

    @Override
    public EnrolmentToken invite(String subject, Duration lifetime) {
        return as(caller -> Beans.of(
                EnrolmentToken.class,
                directory().invite(caller, Arguments.text(subject), Arguments.duration(lifetime))));
    }

    @Override
    public Enrolment enrol(String token, String csr, String hpkeKey) {
        return as(caller -> Beans.of(
                Enrolment.class,
                directory()
                        .enrol(
                                caller,
                                new EnrolmentRequest(
                                        Arguments.text(token), Arguments.octets(csr), Arguments.octets(hpkeKey)))));
    }

    @Override
    public Participant register(
            String leaf,
            String idKey,
            String hpkeKey,
            String certificate,
            String binding,
            @Nullable String possession) {
        return as(caller -> Beans.of(
                Participant.class,
                directory()
                        .register(
                                caller,
                                new Registering(
                                        LeafId.parse(Arguments.text(leaf)),
                                        Arguments.octets(idKey),
                                        Arguments.octets(hpkeKey),
                                        Arguments.octets(certificate),
                                        Arguments.octets(binding),
                                        Optional.ofNullable(possession).map(Arguments::octets)))));
    }

    @Override
    public Participant participant(String leaf) {
        return as(caller ->
                Beans.of(Participant.class, directory().participant(caller, LeafId.parse(Arguments.text(leaf)))));
    }

    @Override
    public ParticipantPage participants(@Nullable String cursor, @Nullable Integer limit) {
        return as(caller -> Beans.of(
                ParticipantPage.class,
                directory().participants(caller, Arguments.cursor(cursor), Arguments.limit(limit))));
    }

    @Override
    public void revoke(String leaf, String reason) {
        as(caller -> {
            directory().revoke(caller, LeafId.parse(Arguments.text(leaf)), Arguments.text(reason));
            return leaf;
        });
    }

    @Override
    public GatewayView gateway() {
        return as(caller -> Beans.of(GatewayView.class, directory().gateway(caller)));
    }

    @Override
    public String revocationList() {
        return as(caller -> directory().revocationList(caller).base64());
    }

    private Directory directory() {
        return Present.require(directory, "the directory");
    }
}
