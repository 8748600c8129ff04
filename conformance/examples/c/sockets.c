#include "sockets.h"

#include <stdlib.h>

static const struct outcome GOOD = {NULL, NULL};
static const struct outcome NO_SUCH_SOCKET = {"NO_SUCH_SOCKET", NULL};

static struct connection *find(struct host *host, uint64_t socket)
{
    struct connection *found = socket == 0 ? NULL : host->connections;
    while (found != NULL && found->socket != socket)
        found = found->next;
    return found;
}

static const char *reason_of(const struct connection *connection)
{
    static const char *const refusals[] = {NULL, "NO_LISTENER", "BACKLOG_FULL", "LIMIT"};
    static const char *const resets[] = {NULL, "ABORTED", "UNKNOWN_CONNECTION", "CLOSED", "CHANNEL_LOST",
                                         "HOST_RESTARTED", "PROTOCOL_ERROR", "BUFFER_EXCEEDED", "TIMEOUT"};
    return connection->ending == REFUSED ? refusals[connection->reason] : resets[connection->reason];
}

/* How it ended, for calls that can't go on. */
static struct outcome ending_of(const struct connection *connection)
{
    static const char *const errors[] = {NULL, "REFUSED", "TIMEOUT", "RESET"};
    return (struct outcome) {errors[connection->ending], reason_of(connection)};
}

static void number(struct host *host, struct connection *connection)
{
    connection->socket = ++host->last_socket;
    connection->in_accept_queue = false;
    connection->touched = true;
}

struct outcome socket_listen(struct host *host, uint16_t port, uint64_t backlog)
{
    if (host_listener(host, port) != NULL)
        return (struct outcome) {"PORT_IN_USE", NULL};
    struct listener *listener = zeroed(sizeof *listener);
    *listener = (struct listener) {port, backlog, 0, host->listeners};
    host->listeners = listener;
    return GOOD;
}

static bool waits_at(const struct connection *connection, const struct listener *listener)
{
    return connection->in_accept_queue && connection->ports.local == listener->port;
}

/* NC-HS-8 */
void socket_unlisten(struct host *host, struct listener *listener)
{
    struct listener **at = &host->listeners;
    for (struct connection *child = host->connections; child != NULL; child = child->next)
        if (waits_at(child, listener)) {
            child->in_accept_queue = false;
            if (child->state != CLOSED)
                connection_reset(host, child, CLOSED_BY_PEER);
        }
    while (*at != listener)
        at = &(*at)->next;
    *at = listener->next;
    free(listener);
}

/* A local port that nobody uses; 0 when there is none (NC-HS-1). */
static uint16_t free_port(struct host *host)
{
    uint32_t first = (uint32_t) (host_random(host) % 32768), tried;
    for (tried = 0; tried < 32768; tried++) {
        uint16_t port = (uint16_t) (32768 + (first + tried) % 32768);
        struct connection *user = host->connections;
        while (user != NULL && (user->state == CLOSED || user->ports.local != port))
            user = user->next;
        if (user == NULL && host_listener(host, port) == NULL)
            return port;
    }
    return 0;
}

static uint64_t fresh_id(struct host *host)
{
    uint64_t id;
    do
        id = host_random(host);
    while (id == 0 || host_find(host, id) != NULL || memory_find(&host->gone, host->now, id) != NULL);
    return id;
}

/* NC-HS-1, NC-HS-6 */
struct outcome socket_connect(struct host *host, uint16_t port, enum channel_class class, struct connection **opened)
{
    struct ports ports = {host_is_over_limit(host) ? 0 : free_port(host), port};
    *opened = NULL;
    if (ports.local == 0)
        return (struct outcome) {"REFUSED", "LIMIT"};
    *opened = host_add(host, fresh_id(host), ports, class, true);
    number(host, *opened);
    connection_repeat_control_state(host, *opened); /* for the first time: NCSYN */
    (*opened)->deadline[CONNECT_TIMER] = host->now + host->settings.connect_timeout;
    return GOOD;
}

/* NC-HS-10: a child that is over already is returned like any other. */
struct connection *socket_accept(struct host *host, struct listener *listener)
{
    struct connection *first = NULL;
    for (struct connection *child = host->connections; child != NULL; child = child->next)
        if (waits_at(child, listener) && (first == NULL || child->arrival < first->arrival))
            first = child;
    if (first != NULL) {
        listener->waiting--;
        number(host, first);
    }
    return first;
}

struct outcome socket_send(struct host *host, uint64_t socket, const uint8_t *data, size_t length, size_t *taken)
{
    struct connection *connection = find(host, socket);
    *taken = 0;
    if (connection == NULL)
        return NO_SUCH_SOCKET;
    if (connection->ending != CLEAN)
        return ending_of(connection);
    if (connection->sender.shut)
        return (struct outcome) {"NOT_CONNECTED", NULL};
    if (connection->state == ESTABLISHED)
        *taken = sender_take(&connection->sender, data, length);
    connection->touched = true;
    return GOOD;
}

struct outcome socket_receive(struct host *host, uint64_t socket, size_t most, const uint8_t **data, size_t *length,
                              bool *end)
{
    struct connection *connection = find(host, socket);
    *length = 0;
    *end = false;
    if (connection == NULL)
        return NO_SUCH_SOCKET;
    struct bytes *readable = &connection->receiver.readable;
    *data = bytes_front(readable);
    *length = readable->length < most ? readable->length : most;
    *end = readable->length == 0 && receiver_has_fin_in_sequence(&connection->receiver); /* NC-FIN-2 */
    return *length > 0 || *end ? GOOD : ending_of(connection);                           /* NC-RST-1 */
}

void socket_has_read(struct host *host, uint64_t socket, size_t length)
{
    struct connection *connection = find(host, socket);
    bytes_drop(&connection->receiver.readable, length);
    if (connection->state == ESTABLISHED)
        connection_read_or_stop_acknowledged(host, connection);
}

/* NC-FIN-1; in SYN_SENT the FIN waits until the connection is established (NC-HS-11). */
struct outcome socket_shutdown(struct host *host, uint64_t socket)
{
    struct connection *connection = find(host, socket);
    if (connection == NULL)
        return NO_SUCH_SOCKET;
    connection->sender.shut = true;
    connection->touched = true;
    return GOOD;
}

/* NC-FIN-4, NC-HS-11 */
struct outcome socket_close(struct host *host, uint64_t socket)
{
    struct connection *connection = find(host, socket);
    if (connection == NULL)
        return NO_SUCH_SOCKET;
    connection->socket = 0;
    connection->reader_gone = true;
    connection->sender.shut = true;
    connection->touched = true;
    if (connection->state == SYN_SENT
        || (connection->state == ESTABLISHED && receiver_has_unread(&connection->receiver)))
        connection_reset(host, connection, CLOSED_BY_PEER);
    return GOOD;
}

struct outcome socket_abort(struct host *host, uint64_t socket)
{
    struct connection *connection = find(host, socket);
    if (connection == NULL)
        return NO_SUCH_SOCKET;
    connection->socket = 0;
    connection->touched = true;
    if (connection->state != CLOSED)
        connection_reset(host, connection, ABORTED);
    return GOOD;
}

struct outcome socket_status(struct host *host, uint64_t socket, const char **state, const char **reason)
{
    static const char *const states[] = {"SYN_SENT", "ESTABLISHED", "CLOSED"};
    struct connection *connection = find(host, socket);
    if (connection == NULL)
        return NO_SUCH_SOCKET;
    *state = states[connection->state];
    *reason = reason_of(connection);
    return GOOD;
}
