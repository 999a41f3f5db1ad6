// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.api.scheme.GroupKeyScheme;

/** Loads a scheme's classes once more, as an update of its bundle does. */
final class FreshLoader extends ClassLoader {

    private final List<String> packages;
    private final Map<String, byte[]> codes = new ConcurrentHashMap<>();

    FreshLoader(List<String> packages) {
        super(FreshLoader.class.getClassLoader());
        this.packages = packages;
    }

    /** A new instance of {@code like}'s class, of this loader's own code. */
    GroupKeyScheme again(GroupKeyScheme like) {
        try {
            Class<?> code = Class.forName(like.getClass().getName(), true, this);
            if (code == like.getClass()) {
                throw new IllegalStateException("not loaded again: " + code);
            }
            return (GroupKeyScheme) code.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Classes of {@code like}'s package whose code names {@code what}, among those loaded when it is made. */
    List<String> references(GroupKeyScheme like, String what) {
        again(like);
        return codes.entrySet().stream()
                .filter(e -> new String(e.getValue(), StandardCharsets.ISO_8859_1).contains(what))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (packages.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] code = code(name);
        codes.put(name, code);
        return defineClass(name, code, 0, code.length);
    }

    private byte[] code(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
