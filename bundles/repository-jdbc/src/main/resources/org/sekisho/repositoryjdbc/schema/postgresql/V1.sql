-- SPDX-FileCopyrightText: 2026 The Sekisho Authors
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE sk_scope (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  CONSTRAINT sk_scope_pk PRIMARY KEY (scope)
);

CREATE TABLE sk_group (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_group_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_instance (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_instance_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_part (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_part_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_inbox (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_inbox_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_seen (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_seen_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_outbox (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_outbox_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_timer (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_timer_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_epoch (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_epoch_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_roster (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_roster_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_policy (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_policy_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_log (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_log_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_slice (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_slice_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_member (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_member_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_dead (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_dead_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_window (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_window_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_counter (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_counter_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_participant (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_participant_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_certificate (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_certificate_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_token (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_token_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_revocation (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_revocation_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_audit (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_audit_pk PRIMARY KEY (scope, k)
);

CREATE TABLE sk_reply (
  scope BYTEA NOT NULL CHECK (octet_length(scope) BETWEEN 1 AND 64),
  k BYTEA NOT NULL CHECK (octet_length(k) <= 160),
  v BYTEA NOT NULL CHECK (octet_length(v) <= 8388608),
  CONSTRAINT sk_reply_pk PRIMARY KEY (scope, k)
);
