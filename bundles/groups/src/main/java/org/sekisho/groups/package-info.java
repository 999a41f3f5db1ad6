/** The gateway's groups as a component: services, schemes that come and go, and the thread that keeps groups going. */
@NullMarked
package org.sekisho.groups;

import org.jspecify.annotations.NullMarked;
