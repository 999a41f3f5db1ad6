// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.codec.MalformedException;

/**
 * What was received from one leaf in one epoch: per incarnation the highest sequence number and the {@value #WIDTH}
 * before it.
 *
 * <p>Guarantees: a pair of incarnation and sequence number is {@link Admission#FRESH} at most once. Nothing is ever
 * evicted, since an evicted incarnation could be replayed: beyond {@value #MAX_INCARNATIONS} a new one is refused
 * (protocol note F22).
 *
 * <p>The receiver stores the encoding in the transaction that delivers the message. At most about 10 KiB. Not safe for
 * concurrent use.
 */
public final class MessageWindow {

    /** Sequence numbers remembered behind the highest, the highest included. */
    public static final int WIDTH = 1024;

    /** Most incarnations of one leaf in one epoch. */
    public static final int MAX_INCARNATIONS = 64;

    private static final int VERSION = 1;

    private final Map<Octets, Track> tracks = new TreeMap<>();

    /** What {@link #admit} would say, without remembering anything. */
    public Admission check(Octets incarnation, long seq) {
        requireRange(incarnation, seq);
        Track track = tracks.get(incarnation);
        if (track == null) {
            return tracks.size() < MAX_INCARNATIONS ? Admission.FRESH : Admission.TOO_MANY_INCARNATIONS;
        }
        return track.check(seq);
    }

    /** Remembers an authenticated message; anything but FRESH leaves the window as it was. */
    public Admission admit(Octets incarnation, long seq) {
        Admission admission = check(incarnation, seq);
        if (admission == Admission.FRESH) {
            tracks.computeIfAbsent(incarnation, i -> new Track()).remember(seq);
        }
        return admission;
    }

    /** The encoding that {@link #decode} reads. */
    public Octets encode() {
        var writer = new CborWriter().array(2).integer(VERSION).array(tracks.size());
        tracks.forEach((incarnation, track) ->
                writer.array(3).bytes(incarnation).integer(track.highest).bytes(track.seen.toByteArray()));
        return writer.toOctets();
    }

    /** Reads what {@link #encode} wrote. */
    public static MessageWindow decode(Octets encoded) {
        var window = new MessageWindow();
        var reader = new CborReader(encoded);
        reader.struct(VERSION, 2);
        int count = reader.array(MAX_INCARNATIONS);
        for (int i = 0; i < count; i++) {
            reader.arrayOf(3);
            Octets incarnation = reader.octetsOf(MessageFrame.INCARNATION_SIZE);
            var track = new Track();
            track.highest = reader.uint(MessageFrame.MAX_SEQ);
            track.seen = BitSet.valueOf(reader.bytes(WIDTH / 8));
            if (window.tracks.put(incarnation, track) != null) {
                throw new MalformedException("incarnation twice", 0);
            }
        }
        reader.end();
        return window;
    }

    private static void requireRange(Octets incarnation, long seq) {
        if (incarnation.size() != MessageFrame.INCARNATION_SIZE || seq < 0 || seq > MessageFrame.MAX_SEQ) {
            throw new IllegalArgumentException("incarnation or sequence number out of range");
        }
    }

    /** One incarnation; bit {@code seq % WIDTH} tells whether that number within the window was seen. */
    private static final class Track {

        private long highest = -1;
        private BitSet seen = new BitSet(WIDTH);

        Admission check(long seq) {
            if (seq > highest) {
                return Admission.FRESH;
            }
            if (seq <= highest - WIDTH) {
                return Admission.TOO_OLD;
            }
            return seen.get(bit(seq)) ? Admission.REPLAYED : Admission.FRESH;
        }

        void remember(long seq) {
            if (seq > highest) {
                if (seq - highest >= WIDTH) {
                    seen.clear();
                } else {
                    for (long passed = highest + 1; passed < seq; passed++) {
                        seen.clear(bit(passed));
                    }
                }
                highest = seq;
            }
            seen.set(bit(seq));
        }

        private static int bit(long seq) {
            return (int) (seq % WIDTH);
        }
    }
}
