/** What the stack promises about speed, beside what it is compared with, in one run: {@code netchannel bench}. */
package org.netchannel.bench.speed;
