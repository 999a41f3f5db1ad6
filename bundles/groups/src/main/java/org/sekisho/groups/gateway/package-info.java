/**
 * The gateway's side of groups: verifies what members send, orders it, stores it, runs the server instance of the group's
 * scheme, and hands everything out to whom it is for. Blind: nothing sealed is opened here.
 *
 * <p>Pure Java. Every change of a group is one transaction in the scope of its id; a mailbox is the scope of its leaf.
 */
@NullMarked
package org.sekisho.groups.gateway;

import org.jspecify.annotations.NullMarked;
