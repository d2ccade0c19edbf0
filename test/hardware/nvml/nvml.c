/*
 * NVIDIA's management library as nvml.h of driver 580 declares it (docs.nvidia.com/deploy/nvml-api), on the machine
 * that machine.txt tells of: names, return codes and struct layouts are NVML's own.
 */
#define _GNU_SOURCE
#include "machine.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    SUCCESS = 0,
    UNINITIALIZED = 1,
    INVALID_ARGUMENT = 2,
    NOT_SUPPORTED = 3,
    NO_PERMISSION = 4,
    NOT_FOUND = 6,
    INSUFFICIENT_SIZE = 7,
    DRIVER_NOT_LOADED = 9,
    GPU_IS_LOST = 15,
    ARGUMENT_VERSION_MISMATCH = 25,
};

#define NOT_AVAILABLE_64 0xffffffffffffffffull
#define MEMORY_BYTES (80ull << 30)

/* What a handle points at: a GPU, or one of its MIG devices. */
typedef struct {
    int gpu, instance;
} Handle;

typedef struct {
    char bus_id_legacy[16];
    unsigned domain, bus, device, pci_device_id, pci_sub_system_id;
    char bus_id[32];
} PciInfo;

typedef struct {
    unsigned field_id, scope_id;
    long long timestamp, latency_micros;
    unsigned value_type;
    int result;
    union {
        unsigned u32;
        unsigned long long u64;
    } value;
} FieldValue;

typedef struct {
    unsigned pid;
    unsigned long long used_memory;
    unsigned gpu_instance, compute_instance;
} ProcessInfo;

typedef struct {
    unsigned pid;
    unsigned long long timestamp;
    unsigned sm, memory, encoder, decoder;
} Utilization;

static Handle handles[MOST_GPUS], instance_handles[MOST_GPUS][MOST_INSTANCES];
static int initialised, opened_generation;

__attribute__((constructor)) static void find_machine(void) {
    Dl_info info;
    if (dladdr((void *)find_machine, &info)) machine_find(info.dli_fname);
    for (int gpu = 0; gpu < MOST_GPUS; gpu++) {
        handles[gpu] = (Handle){gpu, -1};
        for (int i = 0; i < MOST_INSTANCES; i++) instance_handles[gpu][i] = (Handle){gpu, i};
    }
}

static void sleep_millis(long millis) {
    struct timespec time = {millis / 1000, millis % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static const Fault *fault_in(const Fault *faults, int count, const char *function) {
    for (int i = 0; i < count; i++)
        if (!strcmp(faults[i].function, "*") || !strncmp(faults[i].function, function, strlen(faults[i].function)))
            return &faults[i];
    return NULL;
}

static const Fault *fault_of(const Machine *machine, const Gpu *gpu, const char *function) {
    const Fault *fault = gpu ? fault_in(gpu->fault, gpu->faults, function) : NULL;
    return fault ? fault : fault_in(machine->fault, machine->faults, function);
}

/* What each call begins with: the machine as it is, and the fault that is ordered. Hangs until that is mended. */
static int begin(const char *function, const Handle *handle, const Machine **machine, const Gpu **gpu) {
    for (;;) {
        *machine = machine_now();
        if (!*machine) return DRIVER_NOT_LOADED;
        if (handle && (handle->gpu < 0 || handle->gpu >= (*machine)->gpus)) return INVALID_ARGUMENT;
        *gpu = handle ? &(*machine)->gpu[handle->gpu] : NULL;
        const Fault *fault = fault_of(*machine, *gpu, function);
        if (fault && !strcmp(fault->kind, "hang")) {
            sleep_millis(5);
            continue;
        }
        if (fault && !strcmp(fault->kind, "slow")) sleep_millis(fault->value);
        if (fault && !strcmp(fault->kind, "code")) return fault->value;
        return SUCCESS;
    }
}

static bool is_garbage(const Machine *machine, const Gpu *gpu, const char *function) {
    const Fault *fault = fault_of(machine, gpu, function);
    return fault && !strcmp(fault->kind, "garbage");
}

/* As `begin`, for what needs nvmlInit first. */
#define BEGIN(handle)                                                    \
    const Machine *machine;                                                \
    const Gpu *gpu = NULL;                                               \
    if (initialised == 0) return UNINITIALIZED;                          \
    int begun = begin(__func__, handle, &machine, &gpu);                 \
    if (begun != SUCCESS) return begun;                                  \
    if (machine->generation != opened_generation) return handle ? GPU_IS_LOST : UNINITIALIZED;

#define BEGIN_GPU(handle)                                                \
    if (handle == NULL) return INVALID_ARGUMENT;                         \
    BEGIN(handle)                                                        \
    if (handle->instance >= 0) return NOT_SUPPORTED;

static int copy_text(char *target, unsigned length, const char *text) {
    if (strlen(text) >= length) return INSUFFICIENT_SIZE;
    strcpy(target, text);
    return SUCCESS;
}

int nvmlInitWithFlags(unsigned flags) {
    (void)flags;
    const Machine *machine;
    const Gpu *gpu;
    int begun = begin("nvmlInit", NULL, &machine, &gpu);
    if (begun != SUCCESS) return begun;
    if (initialised++ == 0) opened_generation = machine->generation;
    return SUCCESS;
}

int nvmlInit_v2(void) { return nvmlInitWithFlags(0); }

int nvmlShutdown(void) {
    if (initialised == 0) return UNINITIALIZED;
    initialised--;
    return SUCCESS;
}

const char *nvmlErrorString(int result) {
    static char text[32];
    snprintf(text, sizeof text, "Simulated error %d", result);
    return result == SUCCESS ? "Success" : text;
}

int nvmlSystemGetDriverVersion(char *version, unsigned length) {
    BEGIN((Handle *)NULL)
    return copy_text(version, length, machine->driver);
}

int nvmlSystemGetNVMLVersion(char *version, unsigned length) {
    BEGIN((Handle *)NULL)
    char text[40];
    snprintf(text, sizeof text, "13.%s", machine->driver);
    return copy_text(version, length, text);
}

int nvmlDeviceGetCount_v2(unsigned *count) {
    BEGIN((Handle *)NULL)
    *count = is_garbage(machine, gpu, __func__) ? 0xfffffff0u : (unsigned)machine->gpus;
    return SUCCESS;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, Handle **handle) {
    BEGIN((Handle *)NULL)
    if (index >= (unsigned)machine->gpus) return INVALID_ARGUMENT;
    begun = begin(__func__, &handles[index], &machine, &gpu);
    *handle = &handles[index];
    return begun;
}

int nvmlDeviceGetHandleByUUID(const char *uuid, Handle **handle) {
    BEGIN((Handle *)NULL)
    for (int i = 0; i < machine->gpus; i++)
        if (!strcmp(machine->gpu[i].uuid, uuid)) {
            *handle = &handles[i];
            return SUCCESS;
        }
    return NOT_FOUND;
}

int nvmlDeviceGetIndex(Handle *handle, unsigned *index) {
    BEGIN_GPU(handle)
    *index = (unsigned)handle->gpu;
    return SUCCESS;
}

int nvmlDeviceGetMinorNumber(Handle *handle, unsigned *minor) {
    BEGIN_GPU(handle)
    *minor = gpu->minor;
    return SUCCESS;
}

int nvmlDeviceGetName(Handle *handle, char *name, unsigned length) {
    BEGIN(handle)
    return copy_text(name, length, gpu->name);
}

int nvmlDeviceGetUUID(Handle *handle, char *uuid, unsigned length) {
    BEGIN(handle)
    return copy_text(uuid, length, handle->instance < 0 ? gpu->uuid : gpu->instance[handle->instance]);
}

int nvmlDeviceGetPciInfo_v3(Handle *handle, PciInfo *info) {
    BEGIN_GPU(handle)
    memset(info, 0, sizeof *info);
    sscanf(gpu->bus, "%x:%x:%x", &info->domain, &info->bus, &info->device);
    info->pci_device_id = 0x233010de;
    snprintf(info->bus_id, sizeof info->bus_id, "%s", gpu->bus);
    snprintf(info->bus_id_legacy, sizeof info->bus_id_legacy, "%.13s", gpu->bus + 4);
    return SUCCESS;
}

int nvmlDeviceGetArchitecture(Handle *handle, unsigned *architecture) {
    BEGIN_GPU(handle)
    *architecture = gpu->architecture;
    return SUCCESS;
}

int nvmlDeviceGetTotalEnergyConsumption(Handle *handle, unsigned long long *millijoules) {
    BEGIN_GPU(handle)
    if (!gpu->has_counter) return NOT_SUPPORTED;
    *millijoules = is_garbage(machine, gpu, __func__) ? NOT_AVAILABLE_64
                                                       : (unsigned long long)(counter_joules(machine, gpu) * 1e3);
    return SUCCESS;
}

int nvmlDeviceGetPowerUsage(Handle *handle, unsigned *milliwatts) {
    BEGIN_GPU(handle)
    *milliwatts = is_garbage(machine, gpu, __func__)
                      ? 0xffffffffu
                      : (unsigned)(power_watts(machine, gpu, gpu->average_seconds) * 1e3 + 0.5);
    return SUCCESS;
}

/* Those of the power alone: 83 is the energy counter, 185 the mean power, 186 that of the moment. */
static void field(const Machine *machine, const Gpu *gpu, FieldValue *field) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    field->timestamp = (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
    field->latency_micros = 0;
    field->value_type = 1;
    field->value.u64 = 0;
    field->result = field->scope_id == 0 ? SUCCESS : NOT_SUPPORTED;
    bool has_power_fields = gpu->architecture >= 7;
    if (field->field_id == 83 && gpu->has_counter) {
        field->value_type = 3;
        field->value.u64 = (unsigned long long)(counter_joules(machine, gpu) * 1e3);
    } else if (field->field_id == 185 && has_power_fields)
        field->value.u32 = (unsigned)(power_watts(machine, gpu, 1) * 1e3 + 0.5);
    else if (field->field_id == 186 && (has_power_fields || gpu->average_seconds == 0))
        field->value.u32 = (unsigned)(power_watts(machine, gpu, 0) * 1e3 + 0.5);
    else
        field->result = NOT_SUPPORTED;
    if (is_garbage(machine, gpu, "nvmlDeviceGetFieldValues")) field->value.u64 = NOT_AVAILABLE_64;
}

int nvmlDeviceGetFieldValues(Handle *handle, int count, FieldValue *values) {
    BEGIN_GPU(handle)
    for (int i = 0; i < count; i++) field(machine, gpu, &values[i]);
    return SUCCESS;
}

int nvmlDeviceGetUtilizationRates(Handle *handle, unsigned utilization[2]) {
    BEGIN(handle)
    if (gpu->has_mig) return NOT_SUPPORTED;
    unsigned percent = (unsigned)(gpu->busy_share * 100 + 0.5);
    utilization[0] = is_garbage(machine, gpu, __func__) ? 0xffffffffu : percent;
    utilization[1] = percent / 2;
    return SUCCESS;
}

/* In MIG mode a GPU tells nothing of its devices' processes to those without privileges, as here. */
static int running(const Gpu *gpu, const Handle *handle, bool is_mps, unsigned *count, ProcessInfo *infos) {
    unsigned found = 0, room = infos ? *count : 0;
    for (int i = 0; i < gpu->processes; i++) {
        const Process *process = &gpu->process[i];
        if (process->instance != handle->instance || process->is_mps != is_mps) continue;
        unsigned instance = process->instance < 0 ? 0xffffffffu : (unsigned)process->instance;
        if (found < room) infos[found] = (ProcessInfo){process->pid, 512ull << 20, instance, instance};
        found++;
    }
    *count = found;
    return found > room ? INSUFFICIENT_SIZE : SUCCESS;
}

int nvmlDeviceGetComputeRunningProcesses_v3(Handle *handle, unsigned *count, ProcessInfo *infos) {
    BEGIN(handle)
    if (is_garbage(machine, gpu, __func__)) {
        *count = 0xffffffffu;
        return INSUFFICIENT_SIZE;
    }
    return running(gpu, handle, false, count, infos);
}

int nvmlDeviceGetComputeRunningProcesses_v2(Handle *handle, unsigned *count, ProcessInfo *infos) {
    return nvmlDeviceGetComputeRunningProcesses_v3(handle, count, infos);
}

int nvmlDeviceGetMPSComputeRunningProcesses_v3(Handle *handle, unsigned *count, ProcessInfo *infos) {
    BEGIN(handle)
    return running(gpu, handle, true, count, infos);
}

int nvmlDeviceGetGraphicsRunningProcesses_v3(Handle *handle, unsigned *count, ProcessInfo *infos) {
    (void)infos;
    BEGIN(handle)
    *count = 0;
    return SUCCESS;
}

int nvmlDeviceGetGraphicsRunningProcesses_v2(Handle *handle, unsigned *count, ProcessInfo *infos) {
    return nvmlDeviceGetGraphicsRunningProcesses_v3(handle, count, infos);
}

int nvmlDeviceGetProcessUtilization(Handle *handle, Utilization *samples, unsigned *count,
                                    unsigned long long last_seen) {
    BEGIN_GPU(handle)
    if (gpu->has_mig) return NOT_SUPPORTED;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    /* the driver measures four times a second */
    unsigned long long micros = (unsigned long long)now.tv_sec * 1000000 + (unsigned long long)now.tv_nsec / 1000;
    micros -= micros % 250000;
    unsigned room = samples ? *count : 0, found = 0;
    if (micros <= last_seen || gpu->processes == 0) return NOT_FOUND;
    bool is_broken = is_garbage(machine, gpu, __func__);
    for (int i = 0; i < gpu->processes; i++) {
        const Process *process = &gpu->process[i];
        unsigned percent = is_broken ? 4000000000u : (unsigned)(process->busy_share * 100 + 0.5);
        if (found < room) samples[found] = (Utilization){process->pid, micros, percent, percent / 2, 0, 0};
        found++;
    }
    *count = found;
    return found > room ? INSUFFICIENT_SIZE : SUCCESS;
}

int nvmlDeviceGetMigMode(Handle *handle, unsigned *current, unsigned *pending) {
    BEGIN_GPU(handle)
    if (gpu->architecture < 7) return NOT_SUPPORTED;
    *current = *pending = gpu->has_mig;
    return SUCCESS;
}

int nvmlDeviceGetMaxMigDeviceCount(Handle *handle, unsigned *count) {
    BEGIN_GPU(handle)
    *count = gpu->has_mig ? 7 : 0;
    return SUCCESS;
}

int nvmlDeviceGetMigDeviceHandleByIndex(Handle *handle, unsigned index, Handle **instance) {
    BEGIN_GPU(handle)
    if (!gpu->has_mig || index >= (unsigned)gpu->instances) return NOT_FOUND;
    *instance = &instance_handles[handle->gpu][index];
    return SUCCESS;
}

int nvmlDeviceIsMigDeviceHandle(Handle *handle, unsigned *is_instance) {
    BEGIN(handle)
    *is_instance = handle->instance >= 0;
    return SUCCESS;
}

int nvmlDeviceGetMemoryInfo(Handle *handle, unsigned long long memory[3]) {
    BEGIN(handle)
    unsigned long long used = (unsigned long long)gpu->processes * (512ull << 20);
    memory[0] = MEMORY_BYTES;
    memory[1] = MEMORY_BYTES - used;
    memory[2] = used;
    return SUCCESS;
}

static int limit(const Gpu *gpu, unsigned *milliwatts) {
    *milliwatts = (unsigned)(gpu->limit_watts * 1e3);
    return SUCCESS;
}

int nvmlDeviceGetEnforcedPowerLimit(Handle *handle, unsigned *milliwatts) {
    BEGIN_GPU(handle)
    return limit(gpu, milliwatts);
}

int nvmlDeviceGetPowerManagementLimit(Handle *handle, unsigned *milliwatts) {
    BEGIN_GPU(handle)
    return limit(gpu, milliwatts);
}

int nvmlDeviceGetPowerManagementDefaultLimit(Handle *handle, unsigned *milliwatts) {
    BEGIN_GPU(handle)
    return limit(gpu, milliwatts);
}

int nvmlDeviceGetPowerManagementLimitConstraints(Handle *handle, unsigned *least, unsigned *most) {
    BEGIN_GPU(handle)
    *least = 100000;
    return limit(gpu, most);
}

int nvmlDeviceSetPowerManagementLimit(Handle *handle, unsigned milliwatts) {
    (void)milliwatts;
    BEGIN_GPU(handle)
    return NO_PERMISSION;
}

int nvmlDeviceGetPersistenceMode(Handle *handle, unsigned *mode) {
    BEGIN_GPU(handle)
    *mode = 1;
    return SUCCESS;
}

int nvmlDeviceGetComputeMode(Handle *handle, unsigned *mode) {
    BEGIN_GPU(handle)
    *mode = 0;
    return SUCCESS;
}

int nvmlDeviceGetTemperature(Handle *handle, unsigned sensor, unsigned *celsius) {
    (void)sensor;
    BEGIN_GPU(handle)
    *celsius = 40;
    return SUCCESS;
}

int nvmlDeviceGetTemperatureV(Handle *handle, int temperature[3]) {
    BEGIN_GPU(handle)
    temperature[2] = 40;
    return SUCCESS;
}

int nvmlDeviceGetC2cModeInfoV(Handle *handle, unsigned *info) {
    (void)info;
    BEGIN_GPU(handle)
    return NOT_SUPPORTED;
}
