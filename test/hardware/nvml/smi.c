/*
 * nvidia-smi as far as power needs it: --query-gpu and --query-compute-apps as CSV, once or in a loop, with the columns,
 * texts and exit codes of the real one (nvidia-smi --help-query-gpu, and its man page for the codes).
 *
 * How it may be made to fail, by the line `smi` in machine.txt, which is looked at before each round:
 *   die         ends with code 255, without a word      hang        never says anything more
 *   garbage     nothing that could be understood        old         as drivers before 530: has fewer columns
 *   slow        takes a second for each round           late        as slow, but 100 ms
 *   driver, mismatch, permission, none                  cannot start, and says so
 *   [TEXT]      tells this in place of each number: [N/A], [Unknown Error], [GPU requires reset]
 */
#define _GNU_SOURCE
#include "machine.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct {
    const char *gpu_fields, *app_fields;
    bool has_header, has_units;
    long loop_millis;
} Options;

static void sleep_millis(long millis) {
    struct timespec time = {millis / 1000, millis % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static bool is_smi(const Machine *machine, const char *kind) {
    return !strcmp(machine->smi, kind);
}

static void refuse(const Machine *machine) {
    static const struct {
        const char *kind, *text;
        int code;
    } refusals[] = {
        {"driver",
         "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest "
         "NVIDIA driver is installed and running.\n",
         9},
        {"mismatch", "Failed to initialize NVML: Driver/library version mismatch", 18},
        {"permission", "Failed to initialize NVML: Insufficient Permissions", 4},
        {"none", "No devices were found", 6},
        {"die", "", 255},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        if (!is_smi(machine, refusals[i].kind)) continue;
        puts(refusals[i].text);
        exit(refusals[i].code);
    }
}

static void number(const Machine *machine, const Options *options, double value, int digits, const char *unit) {
    if (machine->smi[0] == '[') printf("%s", machine->smi);
    else printf("%.*f%s%s", digits, value, options->has_units ? " " : "", options->has_units ? unit : "");
}

static void now_text(void) {
    char text[32];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    strftime(text, sizeof text, "%Y/%m/%d %H:%M:%S", localtime(&now.tv_sec));
    printf("%s.%03ld", text, now.tv_nsec / 1000000);
}

/* Prints one column of a GPU; false where there is none of that name. */
static bool column(const Machine *machine, const Options *options, int index, const char *name) {
    const Gpu *gpu = &machine->gpu[index];
    bool is_old = is_smi(machine, "old"), has_power_fields = gpu->architecture >= 7;
    if (!strcmp(name, "timestamp")) now_text();
    else if (!strcmp(name, "index")) printf("%d", index);
    else if (!strcmp(name, "count")) printf("%d", machine->gpus);
    else if (!strcmp(name, "uuid") || !strcmp(name, "gpu_uuid")) printf("%s", gpu->uuid);
    else if (!strcmp(name, "name") || !strcmp(name, "gpu_name")) printf("%s", gpu->name);
    else if (!strcmp(name, "pci.bus_id") || !strcmp(name, "gpu_bus_id")) printf("%s", gpu->bus);
    else if (!strcmp(name, "driver_version")) printf("%s", machine->driver);
    else if (!strcmp(name, "persistence_mode")) printf("Enabled");
    else if (!strcmp(name, "compute_mode")) printf("Default");
    else if (!strcmp(name, "power.draw"))
        number(machine, options, power_watts(machine, gpu, gpu->average_seconds), 2, "W");
    else if (!strcmp(name, "power.draw.instant") && !is_old)
        number(machine, options, power_watts(machine, gpu, 0), 2, "W");
    else if (!strcmp(name, "power.draw.average") && !is_old) {
        if (has_power_fields) number(machine, options, power_watts(machine, gpu, 1), 2, "W");
        else printf("[N/A]");
    } else if (!strcmp(name, "enforced.power.limit") || !strcmp(name, "power.limit"))
        number(machine, options, gpu->limit_watts, 2, "W");
    else if (!strcmp(name, "utilization.gpu")) {
        if (gpu->has_mig) printf("[N/A]");
        else number(machine, options, gpu->busy_share * 100, 0, "%");
    } else if (!strcmp(name, "utilization.memory")) number(machine, options, gpu->busy_share * 50, 0, "%");
    else if (!strcmp(name, "memory.total")) number(machine, options, 81559, 0, "MiB");
    else if (!strcmp(name, "memory.used")) number(machine, options, 512.0 * gpu->processes, 0, "MiB");
    else if (!strcmp(name, "temperature.gpu")) number(machine, options, 40, 0, "");
    else if (!strcmp(name, "mig.mode.current") && !is_old)
        printf("%s", gpu->architecture < 7 ? "[N/A]" : gpu->has_mig ? "Enabled" : "Disabled");
    else return false;
    return true;
}

static bool app_column(const Machine *machine, const Options *options, int index, int process, const char *name) {
    if (!strcmp(name, "pid")) printf("%u", machine->gpu[index].process[process].pid);
    else if (!strcmp(name, "process_name") || !strcmp(name, "name")) printf("python");
    else if (!strcmp(name, "used_gpu_memory") || !strcmp(name, "used_memory"))
        number(machine, options, 512, 0, "MiB");
    else return column(machine, options, index, name);
    return true;
}

/* One line of what was asked for. */
static void row(const Machine *machine, const Options *options, int index, int process) {
    char fields[1024], *rest = fields, *name;
    snprintf(fields, sizeof fields, "%s", process < 0 ? options->gpu_fields : options->app_fields);
    for (int count = 0; (name = strsep(&rest, ",")); count++) {
        if (count > 0) printf(", ");
        bool is_known = process < 0 ? column(machine, options, index, name)
                                    : app_column(machine, options, index, process, name);
        if (is_known) continue;
        printf("Field \"%s\" is not a valid field to query.\n\n", name);
        exit(2);
    }
    putchar('\n');
}

static void round_of(const Machine *machine, const Options *options) {
    if (is_smi(machine, "slow")) sleep_millis(1000);
    if (is_smi(machine, "late")) sleep_millis(100);
    if (is_smi(machine, "garbage")) {
        for (int i = 0; i < machine->gpus; i++) puts("\xff\xfe, , NaN, -1,,,,\t\x01 !!");
        return;
    }
    for (int index = 0; index < machine->gpus; index++) {
        if (options->gpu_fields) row(machine, options, index, -1);
        else
            for (int i = 0; i < machine->gpu[index].processes; i++) row(machine, options, index, i);
    }
}

/* An unknown column is told before anything else, in a list as long as only the real one can be. */
static void check_fields(const Machine *machine, const Options *options) {
    FILE *terminal = stdout, *nowhere = fopen("/dev/null", "w");
    char fields[1024], *rest = fields, *name;
    snprintf(fields, sizeof fields, "%s", options->gpu_fields ? options->gpu_fields : options->app_fields);
    while ((name = strsep(&rest, ","))) {
        stdout = nowhere;
        bool is_known = options->gpu_fields ? column(machine, options, 0, name)
                                            : app_column(machine, options, 0, 0, name);
        stdout = terminal;
        if (is_known) continue;
        printf("Field \"%s\" is not a valid field to query.\n\n", name);
        exit(2);
    }
}

static Options parse(int count, char **words) {
    Options options = {NULL, NULL, true, true, 0};
    for (int i = 1; i < count; i++) {
        const char *word = words[i], *value = strchr(word, '=') ? strchr(word, '=') + 1 : words[i + 1];
        if (!value) value = "";
        if (!strncmp(word, "--query-gpu", 11)) options.gpu_fields = value;
        else if (!strncmp(word, "--query-compute-apps", 20)) options.app_fields = value;
        else if (!strncmp(word, "--loop-ms", 9) || !strcmp(word, "-lms")) options.loop_millis = atol(value);
        else if (!strncmp(word, "--loop", 6) || !strcmp(word, "-l")) options.loop_millis = 1000 * atol(value);
        else if (!strncmp(word, "--format", 8)) {
            options.has_header = !strstr(value, "noheader");
            options.has_units = !strstr(value, "nounits");
        }
    }
    return options;
}

int main(int count, char **words) {
    char own_path[4096] = {0};
    if (readlink("/proc/self/exe", own_path, sizeof own_path - 1) > 0) machine_find(own_path);
    Options options = parse(count, words);
    const Machine *machine = machine_now();
    if (!machine) return 9;
    refuse(machine);
    if (!options.gpu_fields && !options.app_fields) {
        printf("NVIDIA-SMI %s\n", machine->driver);
        return 0;
    }
    check_fields(machine, &options);
    if (options.has_header) printf("%s\n", options.gpu_fields ? options.gpu_fields : options.app_fields);
    do {
        machine = machine_now();
        if (!machine || is_smi(machine, "die")) return 255;
        if (is_smi(machine, "hang")) {
            signal(SIGTERM, SIG_IGN);
            for (;;) pause();
        }
        round_of(machine, &options);
        fflush(stdout);
        sleep_millis(options.loop_millis);
    } while (options.loop_millis > 0);
    return 0;
}
