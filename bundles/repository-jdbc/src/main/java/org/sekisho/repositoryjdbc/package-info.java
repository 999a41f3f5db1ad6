// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The row store on a relational database, and the only place with SQL. Embedded Apache Derby and PostgreSQL; the schema is
 * brought up to date when a store opens. The same code is the gateway's repository (a DS component over a DataSource) and
 * the SDK's local store ({@link org.sekisho.repositoryjdbc.LocalRowStore}, a directory).
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.repositoryjdbc;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
