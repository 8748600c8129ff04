/** TLC on several machines: its own server, workers and fingerprint sets, started, watched and ended. */
package org.netchannel.specs.distributed;
