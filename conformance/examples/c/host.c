#include "host.h"

#include <stdlib.h>

/* splitmix64. Its outputs never repeat, so neither do connection ids (NC-HS-1). "Unpredictable" in earnest takes the
 * system's own generator; here the same seed has to give the same ids. */
uint64_t host_random(struct host *host)
{
    uint64_t x = host->random += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

void host_open(struct host *host, const struct settings *settings, uint64_t seed, const uint64_t *incarnation)
{
    uint64_t timeout = settings->connect_timeout;
    *host = (struct host) {
        .settings = *settings, .random = seed, .gone.lifetime = timeout, .refused.lifetime = timeout,
        .resets_heard.lifetime = timeout, .resets_sent.lifetime = timeout, .answers.lifetime = settings->ack_delay};
    host->incarnation = incarnation != NULL ? *incarnation : host_random(host) >> 1;
    host->random = host_random(host) ^ host->incarnation;
}

struct connection *host_find(struct host *host, uint64_t id)
{
    struct connection *found = host->connections;
    while (found != NULL && found->id != id)
        found = found->next;
    return found;
}

struct connection *host_add(struct host *host, uint64_t id, struct ports ports, enum channel_class class, bool dialed)
{
    struct connection *connection = zeroed(sizeof *connection);
    *connection = (struct connection) {
        .id = id, .ports = ports, .class = class, .dialed = dialed, .state = dialed ? SYN_SENT : ESTABLISHED,
        .sender.size = host->settings.send_buffer, .receiver.size = host->settings.receive_buffer,
        .receiver.peer_buffer = LARGEST_BUFFER, .touched = true, .next = host->connections};
    for (int timer = 0; timer < TIMERS; timer++)
        connection->deadline[timer] = NEVER;
    return host->connections = connection;
}

struct listener *host_listener(struct host *host, uint16_t port)
{
    struct listener *found = host->listeners;
    while (found != NULL && found->port != port)
        found = found->next;
    return found;
}

/* Connections that the application has closed and that still have bytes to deliver count, too. */
bool host_is_over_limit(const struct host *host)
{
    uint64_t count = 0;
    for (struct connection *connection = host->connections; connection != NULL; connection = connection->next)
        count++;
    return count >= host->settings.socket_limit;
}

static void free_connection(struct connection *connection)
{
    bytes_free(&connection->receiver.readable);
    free(connection);
}

/* After every call: what can happen by itself happens, and what nobody can reach any more goes. */
void host_settle(struct host *host)
{
    for (struct connection **at = &host->connections; *at != NULL;) {
        struct connection *connection = *at;
        if (connection->touched) {
            connection->touched = false;
            connection_settle(host, connection);
        }
        if (connection->state == CLOSED && connection->socket == 0 && !connection->in_accept_queue) {
            *at = connection->next;
            free_connection(connection);
        } else {
            at = &connection->next;
        }
    }
}

/* Whatever is due first, and when; NULL for one of them or both. */
static uint64_t first_deadline(struct host *host, struct connection **first, enum timer *which,
                               struct remembered **answer)
{
    uint64_t earliest = NEVER;
    *first = NULL;
    *answer = NULL;
    for (struct connection *connection = host->connections; connection != NULL; connection = connection->next)
        for (int timer = 0; timer < TIMERS; timer++)
            if (connection->deadline[timer] < earliest) {
                earliest = connection->deadline[timer];
                *first = connection;
                *which = (enum timer) timer;
            }
    for (struct remembered *waiting = host->answers.first; waiting != NULL; waiting = waiting->next)
        if (waiting->due && waiting->time + host->answers.lifetime < earliest) {
            earliest = waiting->time + host->answers.lifetime;
            *answer = waiting;
        }
    return earliest;
}

void host_advance(struct host *host, uint64_t nanos)
{
    uint64_t end = host->now + nanos, deadline;
    struct connection *connection;
    struct remembered *answer;
    enum timer timer = CONNECT_TIMER;
    while ((deadline = first_deadline(host, &connection, &timer, &answer)) <= end) {
        host->now = deadline;
        if (answer != NULL)
            host_answer_due(host, answer);
        else
            connection_fire(host, connection, timer);
        host_settle(host);
    }
    host->now = end;
}
