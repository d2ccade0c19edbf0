/*
 * A machine with NVIDIA GPUs, as nvmlMachine.ts writes it into machine.txt: what the simulated library and the
 * simulated nvidia-smi show. Power follows a trace (see ../trace.ts), evaluated at the moment of the question, so that
 * energy is exact at any time with nobody keeping it up.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#define MOST_GPUS 16
#define MOST_SEGMENTS 64
#define MOST_PROCESSES 64
#define MOST_INSTANCES 8
#define MOST_FAULTS 16

typedef struct {
    double seconds, from_watts, to_watts;
} Segment;

/* A process that computes on a GPU, or on one of its MIG devices (`instance`, -1 for none). */
typedef struct {
    unsigned pid;
    double busy_share;
    int instance;
    bool is_mps;
} Process;

/* How calls fail whose name begins with `function` (`*`: all). */
typedef struct {
    char function[48];
    char kind[16];
    int value;
} Fault;

typedef struct {
    char name[96], uuid[96], bus[32];
    unsigned minor, architecture;
    bool has_counter, has_mig;
    /* nvmlDeviceGetPowerUsage is the mean over so many seconds: 1 on most since Ampere, else 0 */
    double average_seconds;
    /* the counter rises once in so many seconds; 0: at any time */
    double grain_seconds;
    double offset_joules;
    double limit_watts;
    double busy_share;
    bool repeats;
    int segments, processes, instances, faults;
    Segment segment[MOST_SEGMENTS];
    Process process[MOST_PROCESSES];
    char instance[MOST_INSTANCES][96];
    Fault fault[MOST_FAULTS];
} Gpu;

typedef struct {
    double start_seconds;
    char driver[32];
    /* of the driver: what was opened under another one is lost */
    int generation;
    /* how nvidia-smi fails, see smi.c; empty where it works */
    char smi[48];
    int gpus, faults;
    Gpu gpu[MOST_GPUS];
    Fault fault[MOST_FAULTS];
} Machine;

/* Names the file beside the folder of this program or library: FOLDER/../machine.txt. */
void machine_find(const char *own_path);

/* The machine as it is now, NULL where there is none; the file is read again only where it has changed. */
const Machine *machine_now(void);

double clock_seconds(void);

/* Since the trace began, without offset and grain. */
double true_joules(const Machine *machine, const Gpu *gpu, double clock);

/* What the counter shows. */
double counter_joules(const Machine *machine, const Gpu *gpu);

double power_watts(const Machine *machine, const Gpu *gpu, double average_seconds);

#endif
