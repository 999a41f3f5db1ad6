// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the search index. */
@ObjectClassDefinition(name = "Sekisho search index")
@interface SearchIndexConfig {

    String PID = "org.sekisho.searchindex";

    @AttributeDefinition(
            name = "Sweep interval",
            description = "Seconds between two rounds that delete what was replaced and audited",
            min = "1")
    long sweep_interval_seconds() default 60;

    @AttributeDefinition(
            name = "Page cache",
            description = "Mebibytes of sealed rows kept in memory; 0 for none",
            min = "0",
            max = "4096")
    long page_cache_mebibytes() default 32;
}
