/** How a run of models is shown: live progress, tables, counterexamples, JSON. */
package org.netchannel.specs.report;
