/**
 * The half of {@link org.netchannel.specs.engine.SpecEngine} that touches TLC. Its classes are loaded afresh for every
 * engine, together with TLC, because TLC keeps the specification in static fields.
 */
package org.netchannel.specs.engine.isolated;
