-- SPDX-FileCopyrightText: 2026 The Sekisho Authors
-- SPDX-License-Identifier: Apache-2.0
-- The message store. A header has about 60 octets and is rewritten at every change of members: a BLOB would cost more.

CREATE TABLE sk_message (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_message_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_message_desc ON sk_message (scope DESC, k DESC);

CREATE TABLE sk_chunk (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_chunk_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_chunk_desc ON sk_chunk (scope DESC, k DESC);

CREATE TABLE sk_header (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v VARCHAR(256) FOR BIT DATA NOT NULL,
  CONSTRAINT sk_header_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_header_desc ON sk_header (scope DESC, k DESC);

CREATE TABLE sk_store (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_store_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_store_desc ON sk_store (scope DESC, k DESC);
