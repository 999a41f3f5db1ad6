-- SPDX-FileCopyrightText: 2026 The Sekisho Authors
-- SPDX-License-Identifier: Apache-2.0
-- Scopes and keys carry one octet 0x00 behind them (see DerbyDialect), bounds of a scan one more.

CREATE TABLE sk_scope (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  writes BIGINT NOT NULL,
  CONSTRAINT sk_scope_pk PRIMARY KEY (scope)
);

CREATE TABLE sk_group (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_group_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_group_desc ON sk_group (scope DESC, k DESC);

CREATE TABLE sk_instance (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_instance_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_instance_desc ON sk_instance (scope DESC, k DESC);

CREATE TABLE sk_part (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_part_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_part_desc ON sk_part (scope DESC, k DESC);

CREATE TABLE sk_inbox (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_inbox_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_inbox_desc ON sk_inbox (scope DESC, k DESC);

CREATE TABLE sk_seen (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_seen_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_seen_desc ON sk_seen (scope DESC, k DESC);

CREATE TABLE sk_outbox (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_outbox_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_outbox_desc ON sk_outbox (scope DESC, k DESC);

CREATE TABLE sk_timer (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_timer_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_timer_desc ON sk_timer (scope DESC, k DESC);

CREATE TABLE sk_epoch (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_epoch_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_epoch_desc ON sk_epoch (scope DESC, k DESC);

CREATE TABLE sk_roster (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_roster_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_roster_desc ON sk_roster (scope DESC, k DESC);

CREATE TABLE sk_policy (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_policy_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_policy_desc ON sk_policy (scope DESC, k DESC);

CREATE TABLE sk_log (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_log_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_log_desc ON sk_log (scope DESC, k DESC);

CREATE TABLE sk_slice (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_slice_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_slice_desc ON sk_slice (scope DESC, k DESC);

CREATE TABLE sk_member (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_member_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_member_desc ON sk_member (scope DESC, k DESC);

CREATE TABLE sk_dead (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_dead_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_dead_desc ON sk_dead (scope DESC, k DESC);

CREATE TABLE sk_window (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_window_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_window_desc ON sk_window (scope DESC, k DESC);

CREATE TABLE sk_counter (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_counter_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_counter_desc ON sk_counter (scope DESC, k DESC);

CREATE TABLE sk_participant (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_participant_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_participant_desc ON sk_participant (scope DESC, k DESC);

CREATE TABLE sk_certificate (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_certificate_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_certificate_desc ON sk_certificate (scope DESC, k DESC);

CREATE TABLE sk_token (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_token_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_token_desc ON sk_token (scope DESC, k DESC);

CREATE TABLE sk_revocation (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_revocation_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_revocation_desc ON sk_revocation (scope DESC, k DESC);

CREATE TABLE sk_audit (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_audit_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_audit_desc ON sk_audit (scope DESC, k DESC);

CREATE TABLE sk_reply (
  scope VARCHAR(65) FOR BIT DATA NOT NULL,
  k VARCHAR(162) FOR BIT DATA NOT NULL,
  v BLOB(8388608) NOT NULL,
  CONSTRAINT sk_reply_pk PRIMARY KEY (scope, k)
);
CREATE UNIQUE INDEX sk_reply_desc ON sk_reply (scope DESC, k DESC);

-- No lock of a table for the many rows of one transaction; room for the plans of all statements (8 a table); a lock is
-- waited for 10 s, as on PostgreSQL. The first two hold from the next boot of the database.
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.escalationThreshold', '2147483647');
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.language.statementCacheSize', '400');
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.waitTimeout', '10');
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.deadlockTimeout', '2');
