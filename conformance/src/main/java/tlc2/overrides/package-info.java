/** The one class that TLC looks for in this package, when it runs in a process of its own. */
package tlc2.overrides;
