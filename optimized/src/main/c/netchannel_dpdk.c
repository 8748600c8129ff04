/*
 * What Java calls of DPDK: functions that DPDK has only as inline code, and layouts that only its headers know.
 * No state but DPDK's own, who wants a reset, and who is in a burst; no function keeps a pointer that it was given, but
 * where it says so.
 *
 * Functions return 0 or more, or a negative errno.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <rte_alarm.h>
#include <rte_bus.h>
#include <rte_bus_vdev.h>
#include <rte_dev.h>
#include <rte_eal.h>
#include <rte_errno.h>
#include <rte_eth_ring.h>
#include <rte_ethdev.h>
#include <rte_interrupts.h>
#include <rte_lcore.h>
#include <rte_log.h>
#include <rte_malloc.h>
#include <rte_mbuf.h>
#include <rte_pause.h>
#include <rte_prefetch.h>
#include <rte_ring.h>
#include <rte_version.h>

#include "netchannel_zero_copy.h"

/* ---- layouts ---- */

struct field {
  const char *name;
  uint32_t offset;
  uint32_t size;
};

#define FIELD(type, name) {#type "." #name, offsetof(struct type, name), sizeof(((struct type *)0)->name)}

static const struct field FIELDS[] = {
    FIELD(rte_mbuf, buf_addr),  FIELD(rte_mbuf, data_off),       FIELD(rte_mbuf, refcnt),
    FIELD(rte_mbuf, nb_segs),   FIELD(rte_mbuf, ol_flags),       FIELD(rte_mbuf, pkt_len),
    FIELD(rte_mbuf, data_len),  FIELD(rte_mbuf, buf_len),        FIELD(rte_mbuf, next),
    FIELD(rte_mbuf, tx_offload), FIELD(rte_eth_stats, ipackets), FIELD(rte_eth_stats, opackets),
    FIELD(rte_eth_stats, ibytes), FIELD(rte_eth_stats, obytes),  FIELD(rte_eth_stats, imissed),
    FIELD(rte_eth_stats, ierrors), FIELD(rte_eth_stats, oerrors), FIELD(rte_eth_stats, rx_nombuf),
};

/* Offset in the upper half, size in the lower one. */
int64_t netchannel_field(const char *name) {
  for (size_t i = 0; i < sizeof FIELDS / sizeof FIELDS[0]; i++) {
    if (strcmp(FIELDS[i].name, name) == 0) {
      return (int64_t)FIELDS[i].offset << 32 | FIELDS[i].size;
    }
  }
  return -ENOENT;
}

uint32_t netchannel_headroom(void) { return RTE_PKTMBUF_HEADROOM; }

uint32_t netchannel_statistics_size(void) { return sizeof(struct rte_eth_stats); }

const char *netchannel_version(void) { return rte_version(); }

/* ---- what DPDK says ---- */

/* Kept until the process ends: another thread may be saying something when nobody listens any more. */
static char said[4096];
static FILE *said_log;

/* From now on it is kept, cut at a size, in place of what was kept before. */
void netchannel_log_begin(void) {
  if (said_log == NULL) {
    said_log = fmemopen(said, sizeof said - 1, "w");
  }
  if (said_log != NULL) {
    rewind(said_log);
    memset(said, 0, sizeof said);
    rte_openlog_stream(said_log);
  }
}

const char *netchannel_log_text(void) { return said; }

/* From now on it goes where it goes by default. */
void netchannel_log_end(void) { rte_openlog_stream(NULL); }

/* ---- the environment abstraction layer ---- */

/* From now on drivers, which EAL loads, find what is defined here before they find the same in DPDK. */
static int stand_before_drivers(void) {
  Dl_info self;
  int found = dladdr(&netchannel_log_end, &self);
  return found != 0 && dlopen(self.dli_fname, RTLD_NOW | RTLD_GLOBAL | RTLD_NOLOAD) != NULL;
}

/* Starts it, once in a process. The calling thread keeps its processors: EAL would pin it to one. Keeps argv. */
int netchannel_eal_start(int argc, char **argv) {
  if (!stand_before_drivers()) {
    return -ELIBACC;
  }
  cpu_set_t processors;
  int known = sched_getaffinity(0, sizeof processors, &processors);
  int result = rte_eal_init(argc, argv);
  int error = rte_errno;
  if (known == 0) {
    sched_setaffinity(0, sizeof processors, &processors);
  }
  return result < 0 ? -(error > 0 ? error : EINVAL) : 0;
}

int netchannel_eal_stop(void) { return rte_eal_cleanup(); }

/* Gives the calling thread a cache in each pool. */
int netchannel_thread_register(void) { return rte_thread_register() < 0 ? -rte_errno : 0; }

void netchannel_thread_unregister(void) { rte_thread_unregister(); }

int netchannel_has_hugepages(void) { return rte_eal_has_hugepages(); }

/* ---- memory for payload ---- */

/* Memory that every device reaches, aligned to a power of two; NULL when there is none. */
void *netchannel_memory_allocate(size_t bytes, uint32_t alignment) { return rte_malloc(NULL, bytes, alignment); }

void netchannel_memory_free(void *memory) { rte_free(memory); }

/* ---- pools of mbufs ---- */

struct rte_mempool *netchannel_pool_create(const char *name, uint32_t count, uint32_t cache, uint16_t room) {
  return rte_pktmbuf_pool_create(name, count, cache, 0, room, SOCKET_ID_ANY);
}

int netchannel_last_error(void) { return -rte_errno; }

void netchannel_pool_free(struct rte_mempool *pool) { rte_mempool_free(pool); }

uint32_t netchannel_pool_available(struct rte_mempool *pool) { return rte_mempool_avail_count(pool); }

/* All or none. */
int netchannel_allocate(struct rte_mempool *pool, struct rte_mbuf **mbufs, uint32_t count) {
  return rte_pktmbuf_alloc_bulk(pool, mbufs, count);
}

/* Whole chains; what others still refer to stays. */
void netchannel_free(struct rte_mbuf **mbufs, uint32_t count) { rte_pktmbuf_free_bulk(mbufs, count); }

void netchannel_refer(struct rte_mbuf *mbuf, int16_t more) { rte_mbuf_refcnt_update(mbuf, more); }

/* Another mbuf, of the same or another pool, for the same bytes; NULL when that pool is empty. */
struct rte_mbuf *netchannel_clone(struct rte_mbuf *mbuf, struct rte_mempool *pool) {
  return rte_pktmbuf_clone(mbuf, pool);
}

int netchannel_chain(struct rte_mbuf *head, struct rte_mbuf *tail) { return rte_pktmbuf_chain(head, tail); }

/* Where hardware finds the data of an mbuf. */
uint64_t netchannel_device_address(struct rte_mbuf *mbuf) { return rte_mbuf_data_iova(mbuf); }

/* ---- copies ---- */

/*
 * A copy that does not go through caches: another core that has read the old bytes need not give up its copies of them
 * line by line, and the new ones are in memory when this returns. Elsewhere than on x86 an ordinary one.
 */
void netchannel_copy_past_caches(uint8_t *target, uint64_t at, const uint8_t *source, uint64_t from_at,
                                 uint64_t length) {
  uint8_t *to = target + at;
  const uint8_t *from = source + from_at;
#ifdef __SSE2__
  enum { LINE = 64 };
  uint64_t front = -(uintptr_t)to & (LINE - 1);
  if (length >= front + LINE) {
    memcpy(to, from, front);
    to += front;
    from += front;
    length -= front;
    for (; length >= LINE; length -= LINE, to += LINE, from += LINE) {
      const __m128i *bytes = (const __m128i *)from;
      __m128i *line = (__m128i *)to;
      __m128i a = _mm_loadu_si128(bytes), b = _mm_loadu_si128(bytes + 1);
      __m128i c = _mm_loadu_si128(bytes + 2), d = _mm_loadu_si128(bytes + 3);
      _mm_stream_si128(line, a);
      _mm_stream_si128(line + 1, b);
      _mm_stream_si128(line + 2, c);
      _mm_stream_si128(line + 3, d);
    }
    _mm_sfence();
  }
#endif
  memcpy(to, from, length);
}

/* ---- resets ---- */

/* Ports that want one: set by any thread, DPDK's own among them, which must not wait for Java. */
static int resets_wanted[RTE_MAX_ETHPORTS];

/* Ports of a net_memif. */
static uint8_t peer_may_leave[RTE_MAX_ETHPORTS];

struct ending {
  int (*end)(uint16_t port);
  uint16_t port;
  int result;
  uint32_t done;
};

static void end_now(void *argument) {
  struct ending *ending = argument;
  ending->result = ending->end(ending->port);
  __atomic_store_n(&ending->done, 1, __ATOMIC_RELEASE);
}

/*
 * Stops or closes a device. One whose peer leaves just then is being taken apart by DPDK's thread for interrupts, and
 * both would give back the same memory: there it is that thread, which runs alarms, too, that does it.
 */
static int end_alone(int (*end)(uint16_t), uint16_t port) {
  if (!peer_may_leave[port]) {
    return end(port);
  }
  struct ending ending = {.end = end, .port = port};
  int result = rte_eal_alarm_set(1, end_now, &ending);
  if (result < 0) {
    return result;
  }
  while (!__atomic_load_n(&ending.done, __ATOMIC_ACQUIRE)) {
    sched_yield();
  }
  return ending.result;
}

static int on_reset_wanted(uint16_t port, enum rte_eth_event_type event, void *argument, void *result) {
  (void)event;
  (void)argument;
  (void)result;
  __atomic_store_n(&resets_wanted[port], 1, __ATOMIC_RELEASE);
  return 0;
}

/* From now on it is known when the device wants to be reset. */
int netchannel_watch_resets(uint16_t port) {
  __atomic_store_n(&resets_wanted[port], 0, __ATOMIC_RELEASE);
  return rte_eth_dev_callback_register(port, RTE_ETH_EVENT_INTR_RESET, on_reset_wanted, NULL);
}

void netchannel_want_reset(uint16_t port) { __atomic_store_n(&resets_wanted[port], 1, __ATOMIC_RELEASE); }

int netchannel_reset_wanted(uint16_t port) { return __atomic_load_n(&resets_wanted[port], __ATOMIC_ACQUIRE); }

/* What is wanted from here on is another one. The port is stopped then, and has to be configured and started again. */
int netchannel_port_reset(uint16_t port) {
  __atomic_store_n(&resets_wanted[port], 0, __ATOMIC_RELEASE);
  int result = rte_eth_dev_reset(port);
  return result == -ENOTSUP ? end_alone(rte_eth_dev_stop, port) : result;
}

/* ---- frames from thread to thread ---- */

/* A ring for any number of threads that put in, which seldom wait for each other; one takes out. */
struct rte_ring *netchannel_handover_create(const char *name, uint32_t size) {
  return rte_ring_create(name, size, SOCKET_ID_ANY, RING_F_MP_RTS_ENQ | RING_F_SC_DEQ);
}

/* How many were taken out. */
uint32_t netchannel_take_over(struct rte_ring *ring, struct rte_mbuf **mbufs, uint32_t most) {
  return rte_ring_sc_dequeue_burst(ring, (void **)mbufs, most, NULL);
}

/* How many went in; the others still belong to the caller. */
uint32_t netchannel_hand_over(struct rte_ring *ring, struct rte_mbuf **mbufs, uint32_t count) {
  return rte_ring_enqueue_burst(ring, (void **)mbufs, count, NULL);
}

/* ---- ports ---- */

int netchannel_port_count(void) { return rte_eth_dev_count_avail(); }

/*
 * Takes a device from its bus. In DPDK 26.07 what is removed stays there where it is virtual, so that net_ring can't
 * make another one of the same name.
 */
static int remove_device(const char *bus, const char *name) {
  int result = strcmp(bus, "vdev") == 0 ? rte_vdev_uninit(name) : rte_eal_hotplug_remove(bus, name);
  return result > 0 ? -ENOENT : result;
}

int netchannel_attach(const char *bus, const char *name, const char *arguments) {
  int result = rte_eal_hotplug_add(bus, name, arguments);
  if (result < 0) {
    return result;
  }
  uint16_t port;
  result = rte_eth_dev_get_port_by_name(name, &port);
  if (result < 0) {
    /* It is of another kind, or names its ports otherwise. */
    remove_device(bus, name);
  }
  return result < 0 ? result : port;
}

int netchannel_detach(uint16_t port) {
  struct rte_eth_dev_info info;
  int result = rte_eth_dev_info_get(port, &info);
  if (result < 0) {
    return result;
  }
  rte_eth_dev_callback_unregister(port, RTE_ETH_EVENT_INTR_RESET, on_reset_wanted, NULL);
  netchannel_end_zero_copy(port);
  result = end_alone(rte_eth_dev_close, port);
  /* Also of one that refuses to be closed everything goes back that can. */
  int removed = remove_device(rte_bus_name(rte_dev_bus(info.device)), rte_dev_name(info.device));
  return result < 0 ? result : removed;
}

/* Whether hardware was pulled out: who asks it for anything is told EIO then. */
int netchannel_is_removed(uint16_t port) { return rte_eth_dev_is_removed(port); }

/* A port that sends into one set of rings and receives from another: two of them make a link in one process. */
int netchannel_ring_port(const char *name, struct rte_ring **receive, struct rte_ring **send, uint16_t queues) {
  int port = rte_eth_from_rings(name, receive, queues, send, queues, SOCKET_ID_ANY);
  return port < 0 ? -rte_errno : port;
}

struct rte_ring *netchannel_ring_create(const char *name, uint32_t size) {
  return rte_ring_create(name, size, SOCKET_ID_ANY, RING_F_SP_ENQ | RING_F_SC_DEQ);
}

/* Takes one packet out, for those left behind when a link ends; NULL when there is none. */
struct rte_mbuf *netchannel_ring_take(struct rte_ring *ring) {
  void *mbuf;
  return rte_ring_dequeue(ring, &mbuf) == 0 ? mbuf : NULL;
}

void netchannel_ring_free(struct rte_ring *ring) { rte_ring_free(ring); }

/* ---- devices whose peer may leave while a queue is in use ---- */

#define QUEUES 16

/* How many threads are in a burst: of two queues, where a port has very many. */
struct users {
  uint32_t count;
} __rte_cache_aligned;

static struct users users[RTE_MAX_ETHPORTS][QUEUES];
static uint32_t departures;

/* A burst begins; called from outside by a test only, as is its end. */
void netchannel_enter(uint16_t port, uint16_t queue) {
  __atomic_fetch_add(&users[port][queue % QUEUES].count, 1, __ATOMIC_RELAXED);
  /* Before the driver looks whether there is a peer. */
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

void netchannel_leave(uint16_t port, uint16_t queue) {
  __atomic_fetch_sub(&users[port][queue % QUEUES].count, 1, __ATOMIC_RELEASE);
}

static void await_bursts(void) {
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  for (size_t port = 0; port < RTE_MAX_ETHPORTS; port++) {
    for (size_t queue = 0; peer_may_leave[port] && queue < QUEUES; queue++) {
      while (__atomic_load_n(&users[port][queue].count, __ATOMIC_ACQUIRE) > 0) {
        rte_pause();
      }
    }
  }
}

/*
 * In place of DPDK's. When the peer of a net_memif leaves, DPDK's thread for interrupts gives back the memory of its
 * rings, and SIGSEGV ends a process that is in a burst there. Before that it marks the device as not connected, so that
 * bursts that begin later do nothing, and gives up its callback: here it waits for those that have begun.
 */
int rte_intr_callback_unregister(const struct rte_intr_handle *handle, rte_intr_callback_fn callback, void *argument) {
  await_bursts();
  __atomic_fetch_add(&departures, 1, __ATOMIC_RELAXED);
  int (*original)(const struct rte_intr_handle *, rte_intr_callback_fn, void *) =
      dlsym(RTLD_NEXT, "rte_intr_callback_unregister");
  return original == NULL ? -ENOSYS : original(handle, callback, argument);
}

/* In place of DPDK's. A burst that has seen the old rings but not the mark must be over before the next peer is there. */
int rte_intr_callback_register(const struct rte_intr_handle *handle, rte_intr_callback_fn callback, void *argument) {
  await_bursts();
  int (*original)(const struct rte_intr_handle *, rte_intr_callback_fn, void *) =
      dlsym(RTLD_NEXT, "rte_intr_callback_register");
  return original == NULL ? -ENOSYS : original(handle, callback, argument);
}

/* How often nobody was in a burst any more before a driver went on. */
uint32_t netchannel_departures(void) { return __atomic_load_n(&departures, __ATOMIC_RELAXED); }

/* The key is that by which it is to spread connections, kept until the next time; without one it has one of its own. */
int netchannel_port_configure(uint16_t port, uint16_t queues, uint16_t descriptors, uint16_t mtu, uint64_t wanted_rx,
                              uint64_t wanted_tx, struct rte_mempool *pool, uint8_t *key, uint8_t key_length) {
  struct rte_eth_dev_info info;
  int result = rte_eth_dev_info_get(port, &info);
  if (result < 0) {
    return result;
  }
  if (queues > info.max_rx_queues || queues > info.max_tx_queues) {
    return -E2BIG;
  }
  if (mtu > info.max_mtu || mtu < info.min_mtu) {
    return -EMSGSIZE;
  }
  peer_may_leave[port] = strcmp(info.driver_name, "net_memif") == 0;
  struct rte_eth_conf conf = {0};
  conf.rxmode.mtu = mtu;
  /* All or none: a device that looks at a part only may rely on the host not to look at that either. */
  conf.rxmode.offloads = (wanted_rx & info.rx_offload_capa) == wanted_rx ? wanted_rx : 0;
  conf.txmode.offloads = wanted_tx & info.tx_offload_capa;
  if (queues > 1) {
    conf.rxmode.mq_mode = RTE_ETH_MQ_RX_RSS;
    conf.rx_adv_conf.rss_conf.rss_hf =
        (RTE_ETH_RSS_NONFRAG_IPV4_TCP | RTE_ETH_RSS_NONFRAG_IPV6_TCP) & info.flow_type_rss_offloads;
    if (conf.rx_adv_conf.rss_conf.rss_hf == 0) {
      conf.rxmode.mq_mode = RTE_ETH_MQ_RX_NONE;
    }
  }
  /* Who does not say how long it is is given none: later versions refuse it. */
  if (key_length > 0 && key_length == info.hash_key_size) {
    conf.rx_adv_conf.rss_conf.rss_key = key;
    conf.rx_adv_conf.rss_conf.rss_key_len = key_length;
  }
  result = rte_eth_dev_configure(port, queues, queues, &conf);
  uint16_t receive = descriptors, send = descriptors;
  if (result == 0) {
    result = rte_eth_dev_adjust_nb_rx_tx_desc(port, &receive, &send);
  }
  for (uint16_t queue = 0; result == 0 && queue < queues; queue++) {
    struct rte_eth_rxconf rx = info.default_rxconf;
    struct rte_eth_txconf tx = info.default_txconf;
    rx.offloads = conf.rxmode.offloads;
    tx.offloads = conf.txmode.offloads;
    /* In this order: net_tap of DPDK 24.07 and later splits nothing where the other one is there before. */
    result = rte_eth_tx_queue_setup(port, queue, send, rte_eth_dev_socket_id(port), &tx);
    if (result == 0) {
      result = rte_eth_rx_queue_setup(port, queue, receive, rte_eth_dev_socket_id(port), &rx, pool);
    }
  }
  return result;
}

/* The key by which the device spreads connections over its queues; its length, 0 when it does not. */
int netchannel_rss_key(uint16_t port, uint8_t *key, uint8_t room) {
  struct rte_eth_dev_info info;
  int result = rte_eth_dev_info_get(port, &info);
  if (result < 0) {
    return result;
  }
  if (info.hash_key_size > room) {
    return -ENOSPC;
  }
  /* Drivers that do not say how long it is have one of 40 bytes. */
  uint8_t length = info.hash_key_size > 0 ? info.hash_key_size : 40;
  struct rte_eth_rss_conf conf = {.rss_key = key, .rss_key_len = length};
  result = rte_eth_dev_rss_hash_conf_get(port, &conf);
  return result < 0 ? result : conf.rss_hf == 0 ? 0 : length;
}

/* Gives a running device a key, if it has another one: it goes on to hash the same fields. */
int netchannel_rss_set_key(uint16_t port, uint8_t *key, uint8_t length) {
  uint8_t now[UINT8_MAX] = {0};
  struct rte_eth_rss_conf conf = {.rss_key = now, .rss_key_len = length};
  int result = rte_eth_dev_rss_hash_conf_get(port, &conf);
  if (result < 0 || memcmp(now, key, length) == 0) {
    return result;
  }
  conf.rss_key = key;
  conf.rss_key_len = length;
  return rte_eth_dev_rss_hash_update(port, &conf);
}

/* The queue of each entry of the redirection table; how many entries there are, 0 when there is no table. */
int netchannel_rss_table(uint16_t port, uint32_t *queues, uint16_t room) {
  struct rte_eth_dev_info info;
  int result = rte_eth_dev_info_get(port, &info);
  if (result < 0) {
    return result;
  }
  struct rte_eth_rss_reta_entry64 groups[32];
  if (info.reta_size > room || info.reta_size > 32 * RTE_ETH_RETA_GROUP_SIZE) {
    return -ENOSPC;
  }
  memset(groups, 0, sizeof groups);
  for (uint16_t entry = 0; entry < info.reta_size; entry++) {
    groups[entry / RTE_ETH_RETA_GROUP_SIZE].mask |= UINT64_C(1) << entry % RTE_ETH_RETA_GROUP_SIZE;
  }
  result = info.reta_size == 0 ? 0 : rte_eth_dev_rss_reta_query(port, groups, info.reta_size);
  for (uint16_t entry = 0; result == 0 && entry < info.reta_size; entry++) {
    queues[entry] = groups[entry / RTE_ETH_RETA_GROUP_SIZE].reta[entry % RTE_ETH_RETA_GROUP_SIZE];
  }
  return result < 0 ? result : info.reta_size;
}

int netchannel_port_start(uint16_t port) { return rte_eth_dev_start(port); }

int netchannel_port_stop(uint16_t port) { return end_alone(rte_eth_dev_stop, port); }

/* 1 up, 0 down. */
int netchannel_link_is_up(uint16_t port) {
  struct rte_eth_link link;
  int result = rte_eth_link_get_nowait(port, &link);
  return result < 0 ? result : link.link_status == RTE_ETH_LINK_UP;
}

int netchannel_link_set(uint16_t port, int up) {
  return up ? rte_eth_dev_set_link_up(port) : rte_eth_dev_set_link_down(port);
}

/* The six bytes in the low 48 bits, the first one highest. */
int64_t netchannel_mac(uint16_t port) {
  struct rte_ether_addr address;
  int result = rte_eth_macaddr_get(port, &address);
  if (result < 0) {
    return result;
  }
  int64_t mac = 0;
  for (int i = 0; i < RTE_ETHER_ADDR_LEN; i++) {
    mac = mac << 8 | address.addr_bytes[i];
  }
  return mac;
}

int netchannel_promiscuous(uint16_t port) { return rte_eth_promiscuous_enable(port); }

int netchannel_mtu(uint16_t port) {
  uint16_t mtu;
  int result = rte_eth_dev_get_mtu(port, &mtu);
  return result < 0 ? result : mtu;
}

/* Whether the device is a program that copies, and not hardware that reaches only what was mapped for it. */
int netchannel_is_virtual(uint16_t port) {
  struct rte_eth_dev_info info;
  int result = rte_eth_dev_info_get(port, &info);
  return result < 0 ? result : strcmp(rte_bus_name(rte_dev_bus(info.device)), "vdev") == 0;
}

/* Whether what is received is in the mbufs that the sender put it into, and not in those of the port's pool. */
int netchannel_hands_over(uint16_t port) {
  struct rte_eth_dev_info info;
  int result = rte_eth_dev_info_get(port, &info);
  return result < 0 ? result : strcmp(info.driver_name, "net_ring") == 0;
}

/* ---- what a device does instead of the host ---- */

struct constant {
  const char *name;
  uint64_t value;
};

#define CONSTANT(name) {#name, name}

static const struct constant CONSTANTS[] = {
    CONSTANT(RTE_ETH_TX_OFFLOAD_MULTI_SEGS), CONSTANT(RTE_ETH_TX_OFFLOAD_IPV4_CKSUM),
    CONSTANT(RTE_ETH_TX_OFFLOAD_TCP_CKSUM),  CONSTANT(RTE_ETH_TX_OFFLOAD_TCP_TSO),
    CONSTANT(RTE_ETH_RX_OFFLOAD_IPV4_CKSUM), CONSTANT(RTE_ETH_RX_OFFLOAD_TCP_CKSUM),
    CONSTANT(RTE_MBUF_F_TX_IPV4),            CONSTANT(RTE_MBUF_F_TX_IPV6),
    CONSTANT(RTE_MBUF_F_TX_IP_CKSUM),        CONSTANT(RTE_MBUF_F_TX_TCP_CKSUM),
    CONSTANT(RTE_MBUF_F_TX_TCP_SEG),         CONSTANT(RTE_MBUF_F_RX_IP_CKSUM_MASK),
    CONSTANT(RTE_MBUF_F_RX_IP_CKSUM_BAD),    CONSTANT(RTE_MBUF_F_RX_L4_CKSUM_MASK),
    CONSTANT(RTE_MBUF_F_RX_L4_CKSUM_BAD),    CONSTANT(RTE_MBUF_F_RX_L4_CKSUM_GOOD),
};

/* Bits, of which none is the highest one. */
int64_t netchannel_constant(const char *name) {
  for (size_t i = 0; i < sizeof CONSTANTS / sizeof CONSTANTS[0]; i++) {
    if (strcmp(CONSTANTS[i].name, name) == 0) {
      return (int64_t)CONSTANTS[i].value;
    }
  }
  return -ENOENT;
}

/* The lengths of headers, and of the payload of a piece, as the field tx_offload has them. */
uint64_t netchannel_tx_offload(uint32_t l2, uint32_t l3, uint32_t l4, uint32_t piece) {
  return rte_mbuf_tx_offload(l2, l3, l4, piece, 0, 0, 0);
}

/* What the device can do: 0 receive, 1 send; RTE_ETH_*_OFFLOAD_* bits. */
uint64_t netchannel_offloads(uint16_t port, int send) {
  struct rte_eth_dev_info info;
  if (rte_eth_dev_info_get(port, &info) < 0) {
    return 0;
  }
  return send ? info.tx_offload_capa : info.rx_offload_capa;
}

/* The largest packet, from its IP header on, that the device makes when it splits one. */
int netchannel_largest_split(uint16_t port) {
  struct rte_eth_dev_info info;
  int result = rte_eth_dev_info_get(port, &info);
  int mtu = result < 0 ? result : netchannel_mtu(port);
  /* net_tap counts the Ethernet header, too, and takes nothing any more behind a packet that it finds too large. */
  return mtu > 0 && strcmp(info.driver_name, "net_tap") == 0 ? mtu - (int)sizeof(struct rte_ether_hdr) : mtu;
}

int netchannel_statistics(uint16_t port, struct rte_eth_stats *statistics) {
  return rte_eth_stats_get(port, statistics);
}

/*
 * Another core has just written mbufs and headers: they come one beside the other meanwhile, and not each when it is
 * looked at. Where the data lie is known when the mbuf has come.
 */
static void prefetch_headers(struct rte_mbuf **mbufs, uint16_t count) {
  for (uint16_t i = 0; i < count; i++) {
    rte_prefetch0(mbufs[i]);
    rte_prefetch0(&mbufs[i]->next);
  }
  for (uint16_t i = 0; i < count; i++) {
    uint8_t *data = rte_pktmbuf_mtod(mbufs[i], uint8_t *);
    rte_prefetch0(data);
    rte_prefetch0(data + RTE_CACHE_LINE_SIZE);
    struct rte_mbuf *behind = mbufs[i]->next;
    if (behind != NULL) {
      rte_prefetch0(behind);
      rte_prefetch0(&behind->next);
    }
  }
}

uint16_t netchannel_receive(uint16_t port, uint16_t queue, struct rte_mbuf **mbufs, uint16_t most) {
  if (!peer_may_leave[port]) {
    uint16_t came = rte_eth_rx_burst(port, queue, mbufs, most);
    prefetch_headers(mbufs, came);
    return came;
  }
  netchannel_enter(port, queue);
  uint16_t came = rte_eth_rx_burst(port, queue, mbufs, most);
  netchannel_leave(port, queue);
  prefetch_headers(mbufs, came);
  return came;
}

/* Has the device look at packets for which it is asked to do something; how many of the first ones it can send. */
uint16_t netchannel_prepare(uint16_t port, uint16_t queue, struct rte_mbuf **mbufs, uint16_t count) {
  return rte_eth_tx_prepare(port, queue, mbufs, count);
}

/*
 * Of more than four the driver looks for room once, and writes over what has not been sent. None makes it give back
 * what was.
 */
#define MOST_ZERO_COPY 4

static uint16_t send_zero_copy(uint16_t port, uint16_t queue, struct rte_mbuf **mbufs, uint16_t count) {
  uint16_t taken = 0, now;
  do {
    now = rte_eth_tx_burst(port, queue, mbufs + taken, RTE_MIN(count - taken, MOST_ZERO_COPY));
    taken += now;
  } while (now == MOST_ZERO_COPY && taken < count);
  return taken;
}

/* How many were taken; the others still belong to the caller. */
uint16_t netchannel_send(uint16_t port, uint16_t queue, struct rte_mbuf **mbufs, uint16_t count) {
  if (!peer_may_leave[port]) {
    return rte_eth_tx_burst(port, queue, mbufs, count);
  }
  netchannel_enter(port, queue);
  uint16_t taken = netchannel_is_zero_copy(port) ? send_zero_copy(port, queue, mbufs, count)
                                                 : rte_eth_tx_burst(port, queue, mbufs, count);
  netchannel_leave(port, queue);
  return taken;
}
