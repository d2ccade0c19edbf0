#define _GNU_SOURCE
#include "machine.h"

#include <libgen.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static char file[4096];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const Machine *current;
static struct stat seen;

void machine_find(const char *own_path) {
    char copy[4000];
    snprintf(copy, sizeof copy, "%s", own_path);
    snprintf(file, sizeof file, "%s/../machine.txt", dirname(copy));
}

/* The rest of the line, without the line's end. */
static void text(char *target, size_t size, const char *rest) {
    snprintf(target, size, "%.*s", (int)strcspn(rest, "\n"), rest);
}

static void add_fault(Fault *list, int *count, const char *rest) {
    Fault fault = {0};
    if (*count < MOST_FAULTS && sscanf(rest, "%47s %15s %d", fault.function, fault.kind, &fault.value) >= 2)
        list[(*count)++] = fault;
}

static void gpu_line(Gpu *gpu, const char *word, const char *rest) {
    double number = atof(rest);
    if (!strcmp(word, "name")) text(gpu->name, sizeof gpu->name, rest);
    else if (!strcmp(word, "uuid")) text(gpu->uuid, sizeof gpu->uuid, rest);
    else if (!strcmp(word, "bus")) text(gpu->bus, sizeof gpu->bus, rest);
    else if (!strcmp(word, "minor")) gpu->minor = (unsigned)number;
    else if (!strcmp(word, "architecture")) gpu->architecture = (unsigned)number;
    else if (!strcmp(word, "counter")) gpu->has_counter = number != 0;
    else if (!strcmp(word, "mig")) gpu->has_mig = number != 0;
    else if (!strcmp(word, "average")) gpu->average_seconds = number;
    else if (!strcmp(word, "grain")) gpu->grain_seconds = number;
    else if (!strcmp(word, "offset")) gpu->offset_joules = number;
    else if (!strcmp(word, "limit")) gpu->limit_watts = number;
    else if (!strcmp(word, "busy")) gpu->busy_share = number;
    else if (!strcmp(word, "repeats")) gpu->repeats = number != 0;
    else if (!strcmp(word, "fault")) add_fault(gpu->fault, &gpu->faults, rest);
    else if (!strcmp(word, "instance") && gpu->instances < MOST_INSTANCES)
        text(gpu->instance[gpu->instances++], sizeof gpu->instance[0], rest);
    else if (!strcmp(word, "segment") && gpu->segments < MOST_SEGMENTS) {
        Segment *segment = &gpu->segment[gpu->segments++];
        sscanf(rest, "%lf %lf %lf", &segment->seconds, &segment->from_watts, &segment->to_watts);
    } else if (!strcmp(word, "process") && gpu->processes < MOST_PROCESSES) {
        Process *process = &gpu->process[gpu->processes++];
        int is_mps = 0;
        sscanf(rest, "%u %lf %d %d", &process->pid, &process->busy_share, &process->instance, &is_mps);
        process->is_mps = is_mps;
    }
}

static void parse(FILE *input, Machine *machine) {
    char line[512], word[32];
    int length;
    memset(machine, 0, sizeof *machine);
    while (fgets(line, sizeof line, input)) {
        if (sscanf(line, "%31s%n", word, &length) != 1) continue;
        const char *rest = line + length + (line[length] == ' ');
        if (!strcmp(word, "gpu") && machine->gpus < MOST_GPUS) machine->gpus++;
        else if (machine->gpus > 0) gpu_line(&machine->gpu[machine->gpus - 1], word, rest);
        else if (!strcmp(word, "start")) machine->start_seconds = atof(rest);
        else if (!strcmp(word, "driver")) text(machine->driver, sizeof machine->driver, rest);
        else if (!strcmp(word, "generation")) machine->generation = atoi(rest);
        else if (!strcmp(word, "smi")) text(machine->smi, sizeof machine->smi, rest);
        else if (!strcmp(word, "fault")) add_fault(machine->fault, &machine->faults, rest);
    }
}

static bool is_same(const struct stat *a, const struct stat *b) {
    return a->st_ino == b->st_ino && a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* A machine that was handed out may be in use by another thread, so it stays in memory after a change. */
const Machine *machine_now(void) {
    struct stat now;
    pthread_mutex_lock(&lock);
    bool is_there = stat(file, &now) == 0;
    if (is_there && (!current || !is_same(&now, &seen))) {
        FILE *input = fopen(file, "r");
        Machine *machine = malloc(sizeof *machine);
        if (input && machine) {
            parse(input, machine);
            current = machine;
            seen = now;
        }
        if (input) fclose(input);
    }
    const Machine *machine = is_there ? current : NULL;
    pthread_mutex_unlock(&lock);
    return machine;
}

double clock_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Of the first `seconds` of a segment: the trapezoid below its line. */
static double segment_joules(const Segment *segment, double seconds) {
    if (segment->seconds == 0) return 0;
    double end_watts = segment->from_watts + (segment->to_watts - segment->from_watts) * seconds / segment->seconds;
    return (segment->from_watts + end_watts) / 2 * seconds;
}

double true_joules(const Machine *machine, const Gpu *gpu, double clock) {
    double seconds = clock - machine->start_seconds, cycle_seconds = 0, cycle_joules = 0;
    if (seconds <= 0) return 0;
    for (int i = 0; i < gpu->segments; i++) {
        cycle_seconds += gpu->segment[i].seconds;
        cycle_joules += segment_joules(&gpu->segment[i], gpu->segment[i].seconds);
    }
    double cycles = gpu->repeats && cycle_seconds > 0 ? floor(seconds / cycle_seconds) : 0;
    double rest = seconds - cycles * cycle_seconds, joules = cycles * cycle_joules;
    for (int i = 0; i < gpu->segments; i++) {
        double part = fmin(rest, gpu->segment[i].seconds);
        joules += segment_joules(&gpu->segment[i], part);
        rest -= part;
    }
    return joules + (gpu->segments > 0 ? fmax(0, rest) * gpu->segment[gpu->segments - 1].to_watts : 0);
}

double counter_joules(const Machine *machine, const Gpu *gpu) {
    double clock = clock_seconds();
    if (gpu->grain_seconds > 0) clock = floor(clock / gpu->grain_seconds) * gpu->grain_seconds;
    return true_joules(machine, gpu, clock) + gpu->offset_joules;
}

double power_watts(const Machine *machine, const Gpu *gpu, double average_seconds) {
    double seconds = average_seconds > 0 ? average_seconds : 1e-4, now = clock_seconds();
    return (true_joules(machine, gpu, now) - true_joules(machine, gpu, now - seconds)) / seconds;
}
