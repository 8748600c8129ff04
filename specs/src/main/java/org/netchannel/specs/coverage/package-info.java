/** What no model of the specification reaches, found with TLC's counts of evaluations. */
package org.netchannel.specs.coverage;
