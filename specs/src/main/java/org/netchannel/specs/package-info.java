/** Runs the TLA+ models with TLC and compares what it finds with the manifest. */
package org.netchannel.specs;
