/*
 * A stand-in for the parts of Core Foundation, IOReport and IOKit that the sensors call, with their names, arguments
 * and rules of ownership, in one library. What it tells is set by the functions whose names begin with "set_".
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum kind { STRING = 1, NUMBER, BOOLEAN, ARRAY, DICTIONARY, SUBSCRIPTION };

typedef struct object {
  enum kind kind;
  int references;
  int64_t value;
  char text[300];
  int count;
  struct object *keys[8];
  struct object *items[400];
} object;

static int live, faults;

int live_objects(void) { return live; }
int count_faults(void) { return faults; }

static object *make(enum kind kind) {
  object *made = calloc(1, sizeof(object));
  made->kind = kind;
  made->references = 1;
  live++;
  return made;
}

static int is(const object *it, enum kind kind) {
  if (it && it->kind == kind && it->references > 0) return 1;
  faults++;
  return 0;
}

static object *retain(object *it) {
  it->references++;
  return it;
}

void CFRelease(object *it) {
  if (!it || it->references <= 0) {
    faults++;
    return;
  }
  if (--it->references > 0) return;
  live--;
  for (int i = 0; i < it->count; i++) {
    if (it->kind == DICTIONARY) CFRelease(it->keys[i]);
    CFRelease(it->items[i]);
  }
  /* kept, so that a use after the release is noticed instead of crashing */
}

object *CFStringCreateWithCString(void *allocator, const char *text, uint32_t encoding) {
  if (allocator || encoding != 0x08000100) faults++;
  object *made = make(STRING);
  strncpy(made->text, text, sizeof(made->text) - 1);
  return made;
}

uint8_t CFStringGetCString(object *string, char *buffer, int64_t size, uint32_t encoding) {
  if (!is(string, STRING) || encoding != 0x08000100 || (int64_t)strlen(string->text) >= size) return 0;
  strcpy(buffer, string->text);
  return 1;
}

object *CFDictionaryGetValue(object *dictionary, object *key) {
  if (!is(dictionary, DICTIONARY) || !is(key, STRING)) return NULL;
  for (int i = 0; i < dictionary->count; i++)
    if (strcmp(dictionary->keys[i]->text, key->text) == 0) return dictionary->items[i];
  return NULL;
}

object *CFDictionaryCreateMutableCopy(void *allocator, int64_t capacity, object *dictionary) {
  if (allocator || capacity < 0 || !is(dictionary, DICTIONARY)) return NULL;
  object *made = make(DICTIONARY);
  made->count = dictionary->count;
  for (int i = 0; i < made->count; i++) {
    made->keys[i] = retain(dictionary->keys[i]);
    made->items[i] = retain(dictionary->items[i]);
  }
  return made;
}

int64_t CFArrayGetCount(object *array) { return is(array, ARRAY) ? array->count : 0; }

object *CFArrayGetValueAtIndex(object *array, int64_t index) {
  return is(array, ARRAY) && index >= 0 && index < array->count ? array->items[index] : NULL;
}

uint8_t CFNumberGetValue(object *number, int64_t type, int64_t *value) {
  if (type != 4 || !is(number, NUMBER)) return 0;
  *value = number->value;
  return 1;
}

uint8_t CFBooleanGetValue(object *boolean) { return is(boolean, BOOLEAN) && boolean->value; }

static void put(object *dictionary, const char *key, object *item) {
  dictionary->keys[dictionary->count] = CFStringCreateWithCString(NULL, key, 0x08000100);
  dictionary->items[dictionary->count++] = item;
}

static object *string(const char *text) { return CFStringCreateWithCString(NULL, text, 0x08000100); }

static object *number(int64_t value) {
  object *made = make(NUMBER);
  made->value = value;
  return made;
}

/* IOReport */

static struct {
  char name[300];
  char unit[16];
  int64_t value;
} channels[400];
static int channel_count, has_group = 1, refuses_subscription, refuses_samples;

void set_channel(const char *name, const char *unit, int64_t value) {
  int i = 0;
  while (i < channel_count && strcmp(channels[i].name, name) != 0) i++;
  if (i == channel_count) channel_count++;
  strncpy(channels[i].name, name, sizeof(channels[i].name) - 1);
  strncpy(channels[i].unit, unit, sizeof(channels[i].unit) - 1);
  channels[i].value = value;
}

void set_faults(int group_is_missing, int no_subscription, int no_samples) {
  has_group = !group_is_missing;
  refuses_subscription = no_subscription;
  refuses_samples = no_samples;
}

void set_nothing(void) {
  memset(channels, 0, sizeof(channels));
  channel_count = 0;
  set_faults(0, 0, 0);
}

static object *sample(void) {
  object *array = make(ARRAY);
  for (int i = 0; i < channel_count; i++) {
    object *channel = make(DICTIONARY);
    put(channel, "name", string(channels[i].name));
    put(channel, "unit", string(channels[i].unit));
    put(channel, "value", number(channels[i].value));
    array->items[array->count++] = channel;
  }
  object *made = make(DICTIONARY);
  put(made, "IOReportChannels", array);
  return made;
}

object *IOReportCopyChannelsInGroup(object *group, void *subgroup, uint64_t a, uint64_t b, uint64_t c) {
  if (!is(group, STRING) || subgroup || a || b || c) return NULL;
  return has_group && strcmp(group->text, "Energy Model") == 0 ? sample() : NULL;
}

object *IOReportCreateSubscription(void *a, object *desired, object **subscribed, uint64_t b, void *c) {
  if (a || b || c || !is(desired, DICTIONARY) || refuses_subscription) return NULL;
  *subscribed = desired;
  return make(SUBSCRIPTION);
}

object *IOReportCreateSamples(object *subscription, object *desired, void *a) {
  if (!is(subscription, SUBSCRIPTION) || !is(desired, DICTIONARY) || a || refuses_samples) return NULL;
  return sample();
}

static object *part(object *channel, int index) { return is(channel, DICTIONARY) ? channel->items[index] : NULL; }

object *IOReportChannelGetChannelName(object *channel) { return part(channel, 0); }
object *IOReportChannelGetUnitLabel(object *channel) { return part(channel, 1); }
int64_t IOReportSimpleGetIntegerValue(object *channel, void *a) {
  object *value = part(channel, 2);
  return value && !a ? value->value : 0;
}

/* IOKit */

static int has_battery, is_plugged_in, has_current = 1;
static int64_t milliamperes, millivolts;

void set_battery(int is_there, int is_plugged, int64_t current, int64_t voltage) {
  has_battery = is_there;
  is_plugged_in = is_plugged;
  has_current = current != INT64_MIN;
  milliamperes = current;
  millivolts = voltage;
}

object *IOServiceMatching(const char *name) {
  object *made = make(DICTIONARY);
  put(made, "IOProviderClass", string(name));
  return made;
}

/* takes the dictionary over, as the real one does */
uint32_t IOServiceGetMatchingService(uint32_t port, object *matching) {
  object *name = CFDictionaryGetValue(matching, matching->keys[0]);
  int found = port == 0 && has_battery && strcmp(name->text, "AppleSmartBattery") == 0;
  CFRelease(matching);
  if (found) live++;
  return found ? 4711 : 0;
}

int32_t IOObjectRelease(uint32_t entry) {
  if (entry != 4711) faults++;
  live--;
  return 0;
}

object *IORegistryEntryCreateCFProperty(uint32_t entry, object *key, void *allocator, uint32_t options) {
  if (entry != 4711 || allocator || options || !is(key, STRING)) return NULL;
  if (strcmp(key->text, "ExternalConnected") == 0) {
    object *made = make(BOOLEAN);
    made->value = is_plugged_in;
    return made;
  }
  if (strcmp(key->text, "InstantAmperage") == 0) return has_current ? number(milliamperes) : NULL;
  return strcmp(key->text, "Voltage") == 0 ? number(millivolts) : NULL;
}
