/**
 * The bytes of the objects of a group: policy, roster, genesis, epoch, envelope, invitation.
 *
 * <p>Every decoder is strict (it accepts exactly what the encoder writes), checks the size of its input first and answers
 * anything wrong with {@link org.sekisho.api.RejectedException} (MALFORMED or LIMIT_EXCEEDED). What is signed is kept as it
 * came ({@code encoded}), so a signature is always checked over the octets that were read. Decoding proves shape only: who
 * signed, and whether he might, is decided in the groups bundle.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.codec.group;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
