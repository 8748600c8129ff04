/** The applications on both hosts, and what they may see: every byte once, in order, and every call answered. */
package org.netchannel.conformance.application;
