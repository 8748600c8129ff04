/* The `config` of endpoint.md: keys, defaults and legal ranges. */
#include "host.h"

#define MEBIBYTE (UINT64_C(1) << 20)
#define MILLISECOND UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)

/* The lowest value is 1 for all of them. */
static const struct setting {
    const char *key;
    size_t place;
    uint64_t standard, highest;
} SETTINGS[] = {
    {"sendBuffer", offsetof(struct settings, send_buffer), MEBIBYTE, LARGEST_BUFFER},
    {"receiveBuffer", offsetof(struct settings, receive_buffer), MEBIBYTE, LARGEST_BUFFER},
    {"channelBudget", offsetof(struct settings, channel_budget), MEBIBYTE, LARGEST_BUFFER},
    {"queueThreshold", offsetof(struct settings, queue_threshold), 2 * MEBIBYTE, LARGEST_BUFFER},
    {"maxPayload", offsetof(struct settings, max_payload), LARGEST_PAYLOAD, LARGEST_PAYLOAD},
    {"holTimerNanos", offsetof(struct settings, hol_timer), MILLISECOND, 3600 * SECOND},
    {"ackDelayNanos", offsetof(struct settings, ack_delay), MILLISECOND, 3600 * SECOND},
    {"connectTimeoutNanos", offsetof(struct settings, connect_timeout), 5 * SECOND, 3600 * SECOND},
    {"socketLimit", offsetof(struct settings, socket_limit), MEBIBYTE, MEBIBYTE},
};

enum { COUNT = sizeof SETTINGS / sizeof *SETTINGS };

static uint64_t *place(struct settings *settings, const struct setting *setting)
{
    return (uint64_t *) (void *) ((char *) settings + setting->place);
}

void settings_default(struct settings *settings)
{
    for (int i = 0; i < COUNT; i++)
        *place(settings, &SETTINGS[i]) = SETTINGS[i].standard;
}

const char *settings_set(struct settings *settings, const struct json_text *key, const struct json_value *value)
{
    int i = 0;
    while (i < COUNT && !json_is(key, SETTINGS[i].key))
        i++;
    if (i == COUNT)
        return "config: a setting that does not exist";
    if (value->kind != JSON_NUMBER || !value->whole || value->negative || value->magnitude < 1
        || value->magnitude > SETTINGS[i].highest)
        return "config: a value out of range, or no whole number";
    *place(settings, &SETTINGS[i]) = value->magnitude;
    return NULL;
}
