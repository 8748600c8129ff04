package org.netchannel.optimized.dpdk;

/** Texts of those numbers of errors that DPDK returns. */
final class Errno {
    /** There is no such device. */
    static final int ENODEV = 19;

    private Errno() {}

    static String text(int errno) {
        return switch (errno) {
            case 1 -> "not permitted (EPERM)";
            case 2 -> "there is none of that name (ENOENT)";
            case 5 -> "the device failed (EIO)";
            case 7 -> "the device has not so many queues (E2BIG)";
            case 11 -> "not now (EAGAIN)";
            case 12 -> "memory is exhausted (ENOMEM)";
            case 13 -> "permission denied (EACCES)";
            case 16 -> "it is in use (EBUSY)";
            case 17 -> "it is there already (EEXIST)";
            case ENODEV -> "there is no such device (ENODEV)";
            case 22 -> "invalid (EINVAL)";
            case 28 -> "there is no room left (ENOSPC)";
            case 90 -> "the device does not take frames of that size (EMSGSIZE)";
            case 95 -> "the device can't do that (ENOTSUP)";
            case 114 -> "it has been done already (EALREADY)";
            default -> "error " + errno;
        };
    }
}
