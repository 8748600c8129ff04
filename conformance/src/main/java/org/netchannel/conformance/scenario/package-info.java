/** Scenarios: lists of steps that stay meaningful when steps are taken out, and the profiles they are drawn from. */
package org.netchannel.conformance.scenario;
