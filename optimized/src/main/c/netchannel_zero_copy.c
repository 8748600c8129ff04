/*
 * The client of a net_memif whose server reads and writes its memory itself (zero-copy=yes). DPDK's driver takes for
 * granted that this memory is one file that has no holes and never grows, and closes that file as if it were its own.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>

#include <rte_config.h>
#include <rte_eal.h>
#include <rte_errno.h>
#include <rte_fbarray.h>
#include <rte_lcore.h>
#include <rte_log.h>
#include <rte_memory.h>

#include "netchannel_zero_copy.h"

static uint8_t zero_copy[RTE_MAX_ETHPORTS];

int netchannel_is_zero_copy(uint16_t port) { return zero_copy[port]; }

void netchannel_end_zero_copy(uint16_t port) { zero_copy[port] = 0; }

/*
 * In place of DPDK's. The driver closes what it was given when a server has connected: that would be the only one that
 * DPDK has, and the next time whatever file has its number by then.
 */
int rte_memseg_get_fd(const struct rte_memseg *segment) {
  int (*original)(const struct rte_memseg *) = dlsym(RTLD_NEXT, "rte_memseg_get_fd");
  int file = original == NULL ? -ENOSYS : original(segment);
  if (file < 0) {
    return file;
  }
  int copy = fcntl(file, F_DUPFD_CLOEXEC, 0);
  return copy < 0 ? -errno : copy;
}

struct survey {
  int lists;
  int holes;
};

static int look_at(const struct rte_memseg_list *list, void *argument) {
  struct survey *survey = argument;
  struct rte_fbarray *segments = (struct rte_fbarray *)&list->memseg_arr;
  if (segments->count > 0) {
    survey->lists++;
    survey->holes += segments->count < segments->len && rte_fbarray_find_next_free(segments, 0) != (int)segments->count;
  }
  return 0;
}

static int no_more(int node, size_t limit, size_t wanted) {
  RTE_LOG(DEBUG, USER1, "zero-copy: node %d would have %zu bytes, more than %zu\n",
          node, wanted, limit);
  return -1;
}

/* The server has mapped what there was when it connected, and would reach beyond it. */
static int forbid_growth(void) {
  for (unsigned int i = 0; i < rte_socket_count(); i++) {
    int result = rte_mem_alloc_validator_register("netchannel", no_more, rte_socket_id_by_idx(i), 0);
    if (result < 0 && rte_errno != EEXIST) {
      return -rte_errno;
    }
  }
  return 0;
}

/* Before the device is started. From then on there is no more memory than now. */
int netchannel_begin_zero_copy(uint16_t port) {
  struct survey survey = {0};
  rte_memseg_list_walk(look_at, &survey);
  if (!rte_eal_has_hugepages() || survey.lists != 1 || survey.holes > 0) {
    RTE_LOG(ERR, USER1, "zero-copy takes memory from hugepages of one size, on one node, and no other\n");
    return -ENOTSUP;
  }
  int result = forbid_growth();
  zero_copy[port] = result == 0;
  return result;
}
