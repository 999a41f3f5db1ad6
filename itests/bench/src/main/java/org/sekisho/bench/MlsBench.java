// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.TreeKEM.LeafNode;
import org.bouncycastle.mls.TreeKEM.LifeTime;
import org.bouncycastle.mls.codec.Capabilities;
import org.bouncycastle.mls.codec.Credential;
import org.bouncycastle.mls.codec.KeyPackage;
import org.bouncycastle.mls.codec.MLSMessage;
import org.bouncycastle.mls.codec.MLSOutputStream;
import org.bouncycastle.mls.crypto.MlsCipherSuite;
import org.bouncycastle.mls.crypto.Secret;
import org.bouncycastle.mls.protocol.Group;
import org.bouncycastle.mls.protocol.Group.CommitOptions;
import org.bouncycastle.mls.protocol.Group.CommitParameters;
import org.bouncycastle.mls.protocol.Group.GroupWithMessage;
import org.bouncycastle.mls.protocol.Group.MessageOptions;

/**
 * MLS (RFC 9420) of Bouncy Castle at the sizes it reaches in reasonable time: one member adds, removes and updates by commit,
 * another follows. A commit's octets are what every member receives.
 */
final class MlsBench {

    private static final String FLAT = "the same at the least size";
    private static final MlsCipherSuite SUITE = MlsCipherSuite.BCMLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long PATIENCE_NANOS = 180_000_000_000L;

    /** Changes of each kind at each size; the median counts. */
    private static final int ROUNDS = 5;

    /** A participant that may be added. */
    private record Person(
            AsymmetricCipherKeyPair init,
            AsymmetricCipherKeyPair leaf,
            byte[] signing,
            LeafNode node,
            KeyPackage keyPackage) {

        static Person make(int i) throws Exception {
            AsymmetricCipherKeyPair init = SUITE.getHPKE().generatePrivateKey();
            AsymmetricCipherKeyPair leaf = SUITE.getHPKE().generatePrivateKey();
            AsymmetricCipherKeyPair signing = SUITE.generateSignatureKeyPair();
            byte[] secret = SUITE.serializeSignaturePrivateKey(signing.getPrivate());
            LeafNode node = new LeafNode(
                    SUITE,
                    SUITE.getHPKE().serializePublicKey(leaf.getPublic()),
                    SUITE.serializeSignaturePublicKey(signing.getPublic()),
                    Credential.forBasic(("person " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                    new Capabilities(),
                    new LifeTime(),
                    new ArrayList<>(),
                    secret);
            KeyPackage keyPackage = new KeyPackage(
                    SUITE, SUITE.getHPKE().serializePublicKey(init.getPublic()), node, new ArrayList<>(), secret);
            return new Person(init, leaf, secret, node, keyPackage);
        }
    }

    private final MessageOptions plain = new MessageOptions(false, new byte[0], 0);
    private final Map<String, List<Double>> measured = new LinkedHashMap<>();
    private Group committer;
    private Group follower;
    private long committing;
    private long following;
    private int octets;

    List<Figure> run() throws Exception {
        life(20);
        life(20);
        measured.clear();
        List<Figure> figures = new ArrayList<>();
        long begin = System.nanoTime();
        long last = 0;
        int before = 0;
        for (String size :
                System.getProperty("mls.sizes", "10,50,100,200,500,1000").split(",")) {
            int n = Integer.parseInt(size);
            double growth = before == 0 ? 0 : Math.pow((double) n / before, 2);
            if (System.nanoTime() - begin + last * growth > PATIENCE_NANOS) {
                System.err.printf(
                        Locale.ROOT,
                        "MLS stops before %d members: %d took %.0f s, and a run grows with at least the square of its members%n",
                        n,
                        before,
                        last / 1e9);
                break;
            }
            long started = System.nanoTime();
            life(n);
            last = System.nanoTime() - started;
            before = n;
            measured.forEach((name, values) -> add(figures, name, n, values));
            measured.clear();
        }
        return figures;
    }

    private void life(int n) throws Exception {
        Person founder = Person.make(0);
        committer = new Group(
                "measured".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                SUITE,
                founder.leaf(),
                founder.signing(),
                founder.node(),
                new ArrayList<>());
        Person second = Person.make(1);
        for (int i = 1; i < n; i++) {
            propose(committer.add((i == 1 ? second : Person.make(i)).keyPackage(), plain), false);
        }
        GroupWithMessage founded = commit();
        committer = founded.group;
        follower = new Group(
                SUITE.getHPKE().serializePrivateKey(second.init().getPrivate()),
                second.leaf(),
                second.signing(),
                second.keyPackage(),
                founded.message.welcome,
                null,
                new HashMap<>(),
                new HashMap<>());
        for (int i = 0; i < ROUNDS; i++) {
            change("add", committer.add(Person.make(n + i).keyPackage(), plain));
            change("remove", committer.remove(new LeafIndex(2 + i), plain));
            change("update", null);
        }
    }

    private void propose(MLSMessage proposal, boolean both) throws Exception {
        byte[] sent = MLSOutputStream.encode(proposal);
        committer.handle(sent, null);
        if (both) {
            long begin = CpuClock.nanos();
            follower.handle(sent, null);
            following += CpuClock.nanos() - begin;
            octets += sent.length;
        }
    }

    private GroupWithMessage commit() throws Exception {
        byte[] fresh = new byte[32];
        RANDOM.nextBytes(fresh);
        return committer.commit(
                new Secret(fresh),
                new CommitOptions(new ArrayList<>(), true, true, null),
                plain,
                new CommitParameters(Group.NORMAL_COMMIT_PARAMS));
    }

    private void change(String op, MLSMessage proposal) throws Exception {
        committing = 0;
        following = 0;
        octets = 0;
        if (proposal != null) {
            propose(proposal, true);
        }
        long begin = CpuClock.nanos();
        GroupWithMessage made = commit();
        byte[] sent = MLSOutputStream.encode(made.message);
        committing += CpuClock.nanos() - begin;
        octets += sent.length;
        begin = CpuClock.nanos();
        follower = follower.handle(sent, null);
        following += CpuClock.nanos() - begin;
        committer = made.group;
        if (!java.util.Arrays.equals(committer.getEpochAuthenticator(), follower.getEpochAuthenticator())) {
            throw new IllegalStateException("MLS " + op + " did not come to one epoch");
        }
        note("mls." + op + ".committer_cpu", committing / 1e3);
        note("mls." + op + ".member_cpu", following / 1e3);
        note("mls." + op + ".member_down", octets);
    }

    private void note(String name, double value) {
        measured.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    private static void add(List<Figure> figures, String name, int n, List<Double> values) {
        double value =
                Sampler.median(values.stream().mapToDouble(Double::doubleValue).toArray());
        String unit = name.endsWith("cpu") ? "us" : "octets";
        double least = figures.stream()
                .filter(f -> f.name().startsWith(name + "."))
                .findFirst()
                .map(Figure::value)
                .orElse(value);
        figures.add(new Figure(name + "." + n, value, unit, FLAT, value / least));
    }
}
