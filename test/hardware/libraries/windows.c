/*
 * A stand-in for what the sensors call of pdh.dll and powrprof.dll, with names, arguments and layouts of Microsoft's
 * headers (pdh.h, winnt.h) in 64 bits. What it tells is set by the functions whose names begin with "set_".
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <uchar.h>

#define MORE_DATA 0x800007D2u
#define NO_OBJECT 0xC0000BB8u
#define INVALID_HANDLE 0xC0000BBCu
#define NO_DATA 0x800007D5u

typedef struct {
  uint32_t low, high;
} filetime;

typedef struct {
  uint32_t status;
  filetime time;
  int64_t first_value;
  int64_t second_value;
  uint32_t multi_count;
} raw_counter;

typedef struct {
  char16_t *name;
  raw_counter value;
} raw_item;

static struct {
  char16_t name[64];
  uint32_t status;
  int64_t value;
} instances[32];
static uint32_t instance_count, collect_status;
static int has_counter_set = 1, open_queries, has_collected;
static int64_t collected[32];

void set_instance(const char16_t *name, uint32_t status, int64_t value) {
  uint32_t i;
  for (i = 0; i < instance_count; i++) {
    size_t k = 0;
    while (name[k] && name[k] == instances[i].name[k]) k++;
    if (name[k] == instances[i].name[k]) break;
  }
  if (i == instance_count) instance_count++;
  for (size_t k = 0; k < 63 && (instances[i].name[k] = name[k]); k++) continue;
  instances[i].status = status;
  instances[i].value = value;
}

void set_faults(int no_counter_set, uint32_t status_of_collect) {
  has_counter_set = !no_counter_set;
  collect_status = status_of_collect;
}

void set_nothing(void) {
  memset(instances, 0, sizeof(instances));
  instance_count = 0;
  has_collected = 0;
  set_faults(0, 0);
}

int count_open_queries(void) { return open_queries; }

uint32_t PdhOpenQueryW(const char16_t *source, uintptr_t data, uintptr_t *query) {
  if (source || data) return NO_OBJECT;
  open_queries++;
  *query = 0x1111;
  return 0;
}

uint32_t PdhAddEnglishCounterW(uintptr_t query, const char16_t *path, uintptr_t data, uintptr_t *counter) {
  static const char16_t energy[] = u"\\Energy Meter(*)\\Energy";
  if (query != 0x1111 || data) return INVALID_HANDLE;
  if (!has_counter_set || memcmp(path, energy, sizeof(energy)) != 0) return NO_OBJECT;
  *counter = 0x2222;
  return 0;
}

uint32_t PdhCollectQueryData(uintptr_t query) {
  if (query != 0x1111 || open_queries < 1) return INVALID_HANDLE;
  if (collect_status) return collect_status;
  for (uint32_t i = 0; i < instance_count; i++) collected[i] = instances[i].value;
  has_collected = 1;
  return instance_count > 0 ? 0 : NO_DATA;
}

static size_t name_bytes(const char16_t *name) {
  size_t length = 0;
  while (name[length]) length++;
  return (length + 1) * sizeof(char16_t);
}

uint32_t PdhGetRawCounterArrayW(uintptr_t counter, uint32_t *size, uint32_t *count, raw_item *items) {
  if (counter != 0x2222 || !has_collected) return INVALID_HANDLE;
  uint32_t needed = instance_count * sizeof(raw_item);
  for (uint32_t i = 0; i < instance_count; i++) needed += name_bytes(instances[i].name);
  uint32_t given = *size;
  *size = needed;
  *count = instance_count;
  if (!items || given < needed) return MORE_DATA;
  char *names = (char *)(items + instance_count);
  for (uint32_t i = 0; i < instance_count; i++) {
    memset(&items[i], 0xEE, sizeof(items[i]));
    items[i].name = (char16_t *)names;
    items[i].value.status = instances[i].status;
    items[i].value.first_value = collected[i];
    memcpy(names, instances[i].name, name_bytes(instances[i].name));
    names += name_bytes(instances[i].name);
  }
  return 0;
}

uint32_t PdhCloseQuery(uintptr_t query) {
  if (query != 0x1111 || open_queries < 1) return INVALID_HANDLE;
  open_queries--;
  return 0;
}

typedef struct {
  uint8_t ac_on_line, battery_present, charging, discharging;
  uint8_t spare[3];
  uint8_t tag;
  uint32_t max_capacity, remaining_capacity, rate, estimated_time, default_alert1, default_alert2;
} battery_state;

static battery_state battery;
static int32_t battery_status;

void set_battery(int is_there, int is_on_mains, int is_charging, int32_t rate, int32_t status) {
  memset(&battery, 0, sizeof(battery));
  battery.battery_present = is_there;
  battery.ac_on_line = is_on_mains;
  battery.charging = is_charging;
  battery.discharging = is_there && !is_on_mains && !is_charging;
  battery.max_capacity = 76000;
  battery.remaining_capacity = 50000;
  battery.rate = (uint32_t)rate;
  battery.estimated_time = 7200;
  battery_status = status;
}

int32_t CallNtPowerInformation(int32_t level, void *input, uint32_t input_size, void *output, uint32_t output_size) {
  if (level != 5 || input || input_size || output_size != sizeof(battery)) return (int32_t)0xC000000D;
  if (battery_status) return battery_status;
  memcpy(output, &battery, sizeof(battery));
  return 0;
}
