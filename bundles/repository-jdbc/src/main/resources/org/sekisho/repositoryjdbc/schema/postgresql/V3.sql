-- SPDX-FileCopyrightText: 2026 The Sekisho Authors
-- SPDX-License-Identifier: Apache-2.0
-- The search index.

CREATE TABLE sk_index (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_index_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_index_page (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_index_page_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_index_directory (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_index_directory_pk PRIMARY KEY (scope, k)
);
