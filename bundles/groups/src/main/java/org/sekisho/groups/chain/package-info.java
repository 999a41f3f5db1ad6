/**
 * What everybody checks of a group, gateway and members alike: policies, the roster chain, epochs and their commits, protocol
 * messages and their freshness. Pure functions of what they are given; nothing here trusts a server.
 *
 * <p>A check that fails throws a {@link org.sekisho.api.SekishoException}; a check that returns has passed.
 */
@NullMarked
package org.sekisho.groups.chain;

import org.jspecify.annotations.NullMarked;
