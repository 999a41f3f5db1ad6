// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.directory.Participant;
import org.sekisho.codec.MalformedException;
import org.sekisho.crypto.identity.Fingerprint;

class RecordsTest {

    private static final Instant AT = Instant.parse("2026-11-21T09:00:00.123Z");
    private static final LeafId LEAF = LeafId.of(new byte[32]);
    private static final Octets KEY = Octets.of(new byte[32]);
    private static final Hash HASH = Hash.of(new byte[32]);

    private static final OpenInvitation INVITATION = new OpenInvitation(LEAF, "CN=Alice", AT);
    private static final KnownCertificate KNOWN =
            new KnownCertificate(LEAF, BigInteger.valueOf(77), true, AT, Optional.of(KEY));
    private static final RevokedCertificate REVOKED = RevokedCertificate.of(KNOWN, AT);
    private static final RevocationListRow LIST = new RevocationListRow(3, AT, Octets.utf8("list"));
    private static final Participant PARTICIPANT = participant(Optional.of(Octets.of(new byte[64])), List.of(KEY));
    private static final String VERSION_1 =
            "8c015820000000000000000000000000000000000000000000000000000000000000000068434e3d416c6963655820000000000000000000000000000000000000000000000000000000000000000058200000000000000000000000000000000000000000000000000000000000000000582000000000000000000000000000000000000000000000000000000000000000005820000000000000000000000000000000000000000000000000000000000000000058200000000000000000000000000000000000000000000000000000000000000000582000000000000000000000000000000000000000000000000000000000000000001b000001a1fd557afb1b000001a1fd557afb1b000001a1fd557afb";

    private static Participant participant(Optional<Octets> possession, List<Octets> issuers) {
        return new Participant(
                LEAF,
                "CN=Alice",
                KEY,
                KEY,
                KEY,
                HASH,
                HASH,
                KEY,
                possession,
                issuers,
                Fingerprint.of(KEY),
                AT,
                AT,
                Optional.of(AT));
    }

    /** Reads and writes again. */
    private record Format(Octets sample, UnaryOperator<Octets> again) {}

    private static final List<Format> FORMATS = List.of(
            new Format(INVITATION.encode(), o -> OpenInvitation.decode(o).encode()),
            new Format(KNOWN.encode(), o -> KnownCertificate.decode(o).encode()),
            new Format(REVOKED.encode(), o -> RevokedCertificate.decode(o).encode()),
            new Format(LIST.encode(), o -> RevocationListRow.decode(o).encode()),
            new Format(ParticipantRow.encode(PARTICIPANT), o -> ParticipantRow.encode(ParticipantRow.decode(o))));

    @Test
    void what_is_written_is_read() {
        assertThat(OpenInvitation.decode(INVITATION.encode())).isEqualTo(INVITATION);
        assertThat(KnownCertificate.decode(KNOWN.encode())).isEqualTo(KNOWN);
        assertThat(RevokedCertificate.decode(REVOKED.encode())).isEqualTo(REVOKED);
        assertThat(RevocationListRow.decode(LIST.encode())).isEqualTo(LIST);
        assertThat(ParticipantRow.decode(ParticipantRow.encode(PARTICIPANT))).isEqualTo(PARTICIPANT);
    }

    /** Frozen samples: rows of an earlier version must stay readable. */
    @Test
    void stored_forms_are_frozen() {
        assertThat(FORMATS.stream().map(format -> format.sample().hex()).toList())
                .isEqualTo(
                        List.of(
                                "84015820000000000000000000000000000000000000000000000000000000000000000068434e3d416c6963651b000001a1fd557afb",
                                "860158200000000000000000000000000000000000000000000000000000000000000000414df51b000001a1fd557afb58200000000000000000000000000000000000000000000000000000000000000000",
                                "860158200000000000000000000000000000000000000000000000000000000000000000414df51b000001a1fd557afb1b000001a1fd557afb",
                                "8401031b000001a1fd557afb446c697374",
                                "8e025820000000000000000000000000000000000000000000000000000000000000000068434e3d416c69636558200000000000000000000000000000000000000000000000000000000000000000582000000000000000000000000000000000000000000000000000000000000000005820000000000000000000000000000000000000000000000000000000000000000058200000000000000000000000000000000000000000000000000000000000000000582000000000000000000000000000000000000000000000000000000000000000005820000000000000000000000000000000000000000000000000000000000000000058400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000081582000000000000000000000000000000000000000000000000000000000000000001b000001a1fd557afb1b000001a1fd557afb1b000001a1fd557afb"));
    }

    @Test
    void a_participant_of_version_1_is_read() {
        Participant read = ParticipantRow.decode(Octets.ofHex(VERSION_1));
        assertThat(read).isEqualTo(participant(Optional.empty(), List.of()));
    }

    @Test
    void other_octets_are_refused_or_canonical() {
        for (int seed = 0; seed < 50_000; seed++) {
            var random = new Random(seed);
            Format format = FORMATS.get(random.nextInt(FORMATS.size()));
            byte[] changed = format.sample().toByteArray();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Octets octets = Octets.of(changed).slice(0, changed.length - random.nextInt(2));
            try {
                assertThat(format.again().apply(octets)).as("seed %d", seed).isEqualTo(octets);
            } catch (MalformedException e) {
                // The declared error.
            }
        }
    }
}
