/** Keyed hashes: what a peer must not foretell is derived from a secret of the host. */
package org.netchannel.optimized.hash;
