// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.directory.Registering;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.Ed25519Keys;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.crypto.identity.Pkcs12;
import org.sekisho.crypto.identity.TlsContexts;
import org.sekisho.groups.member.MemberIdentity;

/**
 * A participant's credential and keys, and whom it trusts.
 *
 * @param gateways authorities of gateways' certificates: for connections, and for nothing else
 * @param people authorities of participants' certificates
 */
record Identity(
        Credential credential,
        SigningKey signing,
        HpkePrivateKey hpke,
        Set<X509Certificate> gateways,
        Set<X509Certificate> people) {

    /** Trusts whom the options say, else whom the enrolment said, else the last of the own chain. */
    static Identity load(Path identityP12, char[] password, StateDirectory state, SekishoOptions options) {
        Credential credential = credential(identityP12, password);
        Set<X509Certificate> own =
                Set.of(credential.chain().get(credential.chain().size() - 1));
        return new Identity(
                credential,
                signing(credential, state),
                state.hpkeKey(),
                options.trust().or(state::gateways).map(TrustFile::set).orElse(own),
                options.people().or(state::people).map(TrustFile::set).orElse(own));
    }

    static Credential credential(Path identityP12, char[] password) {
        try {
            return Pkcs12.load(identityP12, password);
        } catch (AuthenticationFailedException e) {
            throw new DeniedException(ErrorCode.UNAUTHENTICATED, "wrong password for " + identityP12);
        } catch (IOException e) {
            throw new UnavailableException(ErrorCode.STORAGE_UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, identityP12 + ": " + e.getMessage());
        }
    }

    private static SigningKey signing(Credential credential, StateDirectory state) {
        try {
            return Ed25519Keys.signingKey(credential.key());
        } catch (IllegalArgumentException otherKind) {
            return state.signingKey();
        }
    }

    SSLContext tls() {
        return TlsContexts.of(Optional.of(credential), gateways, new SystemEntropy());
    }

    Octets certificate() {
        return Certificates.encoded(credential.certificate());
    }

    /** Issuers up to the root, the direct one first; the root is added where the file leaves it out. */
    List<Octets> issuers() {
        List<X509Certificate> chain = credential.chain();
        X509Certificate last = chain.get(chain.size() - 1);
        Stream<X509Certificate> root = people.stream()
                .filter(candidate -> !people.contains(last))
                .filter(candidate -> candidate.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                .limit(1);
        return Stream.concat(chain.stream().skip(1), root)
                .map(Certificates::encoded)
                .toList();
    }

    Octets idKey() {
        return signing.verifyingKey().bytes();
    }

    Octets hpkeKey() {
        return hpke.publicKey().bytes();
    }

    Octets binding(LeafId leaf) {
        return LeafBinding.sign(credential.key(), credential.certificate(), leaf, idKey(), hpkeKey());
    }

    Registering registering(LeafId leaf) {
        return new Registering(
                leaf,
                idKey(),
                hpkeKey(),
                certificate(),
                binding(leaf),
                LeafBinding.possession(signing, credential.certificate(), leaf, hpkeKey()));
    }

    MemberIdentity member(LeafId leaf) {
        return new MemberIdentity(leaf, signing, hpke, certificate(), binding(leaf));
    }

    /** The name only. */
    @Override
    public String toString() {
        return "Identity[" + credential.certificate().getSubjectX500Principal() + "]";
    }
}
