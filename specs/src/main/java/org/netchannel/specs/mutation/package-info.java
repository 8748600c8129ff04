/**
 * Is every conjunct of the specification needed for what the models show? Conjuncts are dropped at random, one at a
 * time, and the models say whether they notice.
 */
package org.netchannel.specs.mutation;
