-- SPDX-FileCopyrightText: 2026 The Sekisho Authors
-- SPDX-License-Identifier: Apache-2.0
-- The search index. Its entries and pages have at most 32,672 octets and are read all the time: a BLOB would cost more.

CREATE TABLE sk_index (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v VARCHAR(32672) FOR BIT DATA NOT NULL,
  CONSTRAINT sk_index_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_index_desc ON sk_index (scope DESC, k DESC);

CREATE TABLE sk_index_page (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v VARCHAR(32672) FOR BIT DATA NOT NULL,
  CONSTRAINT sk_index_page_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_index_page_desc ON sk_index_page (scope DESC, k DESC);

CREATE TABLE sk_index_directory (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_index_directory_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_index_directory_desc ON sk_index_directory (scope DESC, k DESC);
