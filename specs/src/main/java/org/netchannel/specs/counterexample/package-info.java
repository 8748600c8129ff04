/** Behaviours that violate a property, made readable: names of actions with arguments, and what each step changed. */
package org.netchannel.specs.counterexample;
