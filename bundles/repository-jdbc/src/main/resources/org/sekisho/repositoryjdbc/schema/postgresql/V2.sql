-- SPDX-FileCopyrightText: 2026 The Sekisho Authors
-- SPDX-License-Identifier: Apache-2.0
-- The message store.

CREATE TABLE sk_message (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_message_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_chunk (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_chunk_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_header (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_header_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_store (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_store_pk PRIMARY KEY (scope, k)
);
