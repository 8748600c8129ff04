/* The application's calls (protocol.md, section 10). */
#ifndef SOCKETS_H
#define SOCKETS_H

#include "host.h"

/* What an application sees of a call that did not work: a code and a reason, NULL where there is none. */
struct outcome {
    const char *error, *reason;
};

struct outcome socket_listen(struct host *host, uint16_t port, uint64_t backlog);
void socket_unlisten(struct host *host, struct listener *listener);

/* *opened is NULL when the call did not work. */
struct outcome socket_connect(struct host *host, uint16_t port, enum channel_class class, struct connection **opened);

/* NULL when nobody waits. */
struct connection *socket_accept(struct host *host, struct listener *listener);
struct outcome socket_send(struct host *host, uint64_t socket, const uint8_t *data, size_t length, size_t *taken);

/* The first *length bytes at *data are the answer; they are read only with socket_has_read. */
struct outcome socket_receive(struct host *host, uint64_t socket, size_t most, const uint8_t **data, size_t *length,
                              bool *end);
void socket_has_read(struct host *host, uint64_t socket, size_t length);
struct outcome socket_shutdown(struct host *host, uint64_t socket);
struct outcome socket_close(struct host *host, uint64_t socket);
struct outcome socket_abort(struct host *host, uint64_t socket);
struct outcome socket_status(struct host *host, uint64_t socket, const char **state, const char **reason);

#endif
