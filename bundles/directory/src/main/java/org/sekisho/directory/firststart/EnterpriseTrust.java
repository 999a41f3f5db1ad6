// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import java.io.IOException;
import java.security.cert.X509CRL;
import java.util.List;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.TrustAnchors;

/**
 * The enterprise's authorities and revocation lists as they are now, read again when files change.
 *
 * <p>Guarantees: fails closed. Files that cannot be read, a list that is gone or older than the one in force while all its
 * authorities stay, and a directory that has vanished change nothing: what was in force stays in force. Either all of a change
 * takes effect or none of it.
 */
public final class EnterpriseTrust {

    /** Where the files are. */
    interface Reader {

        String stamp() throws IOException;

        TrustAnchors read() throws IOException;
    }

    /** Tells the listener. */
    interface Listening {

        void accept(TrustAnchors anchors) throws IOException;
    }

    private final Reader reader;
    private final Listening listening;
    private volatile TrustAnchors current;
    private String stamp;

    EnterpriseTrust(Reader reader, Listening listening, TrustAnchors current, String stamp) {
        this.reader = reader;
        this.listening = listening;
        this.current = current;
        this.stamp = stamp;
    }

    /** What {@code start} found, and finds again. */
    static EnterpriseTrust of(FirstStart start, CertificateAuthority authority, TrustAnchors found, String stamp) {
        return new EnterpriseTrust(start.trustReader(), anchors -> start.accept(authority, anchors), found, stamp);
    }

    /** Of a gateway that reads no files. */
    public static EnterpriseTrust fixed(TrustAnchors anchors) {
        var reader = new Reader() {
            @Override
            public String stamp() {
                return "";
            }

            @Override
            public TrustAnchors read() {
                return anchors;
            }
        };
        return new EnterpriseTrust(reader, accepted -> {}, anchors, "");
    }

    public TrustAnchors current() {
        return current;
    }

    /** Reads again if files changed; tells whether something else is in force now. Throws with the reason, then nothing is. */
    public synchronized boolean refresh() throws IOException {
        String now = reader.stamp();
        if (now.equals(stamp)) {
            return false;
        }
        TrustAnchors next = reader.read();
        if (!reader.stamp().equals(now)) {
            throw new IOException("files of the trust directory are being written");
        }
        boolean changed = !next.equals(current);
        if (changed) {
            requireNoLoss(next, now);
            listening.accept(next);
            current = next;
        }
        stamp = now;
        return changed;
    }

    private void requireNoLoss(TrustAnchors next, String now) throws IOException {
        if (now.equals("absent")) {
            throw new IOException("the trust directory is gone");
        }
        if (!next.roots().containsAll(current.roots())) {
            return; // an authority was withdrawn, and its lists with it
        }
        for (X509CRL list : current.revocationLists()) {
            if (!replaced(list, next.revocationLists())) {
                throw new IOException("a current revocation list of " + list.getIssuerX500Principal() + " is missing");
            }
        }
    }

    private static boolean replaced(X509CRL list, List<X509CRL> by) {
        return by.stream()
                .anyMatch(other -> other.getIssuerX500Principal().equals(list.getIssuerX500Principal())
                        && !other.getThisUpdate().before(list.getThisUpdate()));
    }
}
