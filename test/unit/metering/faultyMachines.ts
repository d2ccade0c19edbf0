import { HwmonTree, type SimulatedChip } from '../../hardware/hwmonTree.ts';
import { NvmlMachine } from '../../hardware/nvml/nvmlMachine.ts';
import { PASCAL } from '../../hardware/nvml/simulatedGpu.ts';
import { PowerSupplyTree } from '../../hardware/powerSupplyTree.ts';
import { ProgramFolder } from '../../hardware/programFolder.ts';
import { energyOf, powerOf, SysfsTree, type Shown } from '../../hardware/sysfsTree.ts';
import { constant } from '../../hardware/trace.ts';
import { monotonicSeconds } from '../../../src/core/metering/clock.ts';
import { AcpiMeterSensor } from '../../../src/core/sensors/linux/acpiMeter.ts';
import { AmdGpuSensor } from '../../../src/core/sensors/linux/amdGpu.ts';
import { BatterySensor } from '../../../src/core/sensors/linux/battery.ts';
import { IntelGpuSensor } from '../../../src/core/sensors/linux/intelGpu.ts';
import { IpmiSensor } from '../../../src/core/sensors/linux/ipmi.ts';
import { JetsonSensor } from '../../../src/core/sensors/linux/jetson.ts';
import { RaplSensor } from '../../../src/core/sensors/linux/rapl.ts';
import { NvmlSensor } from '../../../src/core/sensors/nvidia/nvml.ts';
import { NvidiaSmiSensor } from '../../../src/core/sensors/nvidia/smi.ts';
import type { Sensor } from '../../../src/core/sensors/sensor.ts';

/** What every sensor here measures all the time. */
export const WATTS = 100;

/** A machine with one sensor that fails on order, and is whole again on order. */
export interface FaultyMachine {
  readonly sensor: Sensor;
  /** What goes wrong, by name, and how it is mended. */
  readonly faults: Readonly<Record<string, { readonly fail: () => void; readonly mend: () => void }>>;
  remove(): void;
}

const FILE_FAULTS = ['vanish', 'refuse', 'hang'] as const;
const TEXTS = { garbage: 'no such device', 'N/A': 'N/A', NaN: 'nan', empty: '', negative: '-5' };

/** Brings a tree's counters up to date all the time. */
function running(tree: SysfsTree): () => void {
  const start = monotonicSeconds();
  const timer = setInterval(() => tree.set(monotonicSeconds() - start), 5);
  return () => {
    clearInterval(timer);
    tree.remove();
  };
}

function ofFile(tree: SysfsTree, file: string, shown: Shown, leftOut: readonly string[] = []) {
  const faults: Record<string, { fail: () => void; mend: () => void }> = {};
  for (const fault of FILE_FAULTS)
    faults[fault] = { fail: () => tree.fail(file, fault), mend: () => tree.mend(file) };
  for (const [name, text] of Object.entries(TEXTS))
    faults[name] = { fail: () => tree.write(file, text), mend: () => tree.write(file, shown) };
  for (const name of leftOut) delete faults[name];
  return faults;
}

function context(tree: SysfsTree, environment: NodeJS.ProcessEnv = {}) {
  return { sysfs: tree.root, procfs: '/proc', environment };
}

/** A counter that begins anew while it is watched. */
function reset(tree: SysfsTree, file: string) {
  const start = monotonicSeconds();
  return {
    fail: () => {
      const before = monotonicSeconds() - start;
      tree.write(file, (seconds) => String(Math.floor(Math.max(0, seconds - before) * WATTS * 1e6)));
    },
    mend: () => undefined,
  };
}

function rapl(rangeJoules = 65_532.610987): FaultyMachine {
  const tree = new SysfsTree();
  const file = 'class/powercap/intel-rapl:0/energy_uj';
  const shown: Shown = (seconds) => String(Math.floor(((1234.5 + WATTS * seconds) % rangeJoules) * 1e6));
  tree.write('class/powercap/intel-rapl:0/name', 'package-0');
  tree.write('class/powercap/intel-rapl:0/max_energy_range_uj', Math.round(rangeJoules * 1e6));
  tree.write(file, shown);
  const faults = { ...ofFile(tree, file, shown), reset: reset(tree, file) };
  return { sensor: new RaplSensor(context(tree)), faults, remove: running(tree) };
}

function wrappingRapl(): FaultyMachine {
  const { sensor, remove } = rapl(120);
  return { sensor, faults: { wrap: { fail: () => undefined, mend: () => undefined } }, remove };
}

const CARD: Pick<SimulatedChip, 'device' | 'about'> = {
  device: 'pci0000:00/0000:00:01.1/0000:03:00.0',
  about: { vendor: '0x1002', device: '0x744c', 'power/runtime_status': 'active' },
};

function onHwmon(
  chip: SimulatedChip,
  value: string,
  build: (tree: HwmonTree) => Sensor,
  leftOut: readonly string[] = [],
): FaultyMachine {
  const tree = new HwmonTree();
  const folder = tree.add(chip);
  const file = `${folder}/${value}`;
  const shown = chip.values[value] as Shown;
  const comesAndGoes = {
    fail: () => tree.unload(chip),
    mend: () => void tree.add({ ...chip, number: chip.number + 1 }),
  };
  const faults = { ...ofFile(tree, file, shown, leftOut), 'driver reload': comesAndGoes };
  return { sensor: build(tree), faults, remove: running(tree) };
}

const POWER = powerOf(constant(WATTS));

function amdGpu(): FaultyMachine {
  const chip = { ...CARD, number: 3, name: 'amdgpu', values: { power1_average: POWER } };
  return onHwmon(chip, 'power1_average', (tree) => new AmdGpuSensor(context(tree)));
}

function intelGpu(): FaultyMachine {
  const values = { energy1_input: energyOf(constant(WATTS), 4321) };
  const chip = { ...CARD, number: 2, name: 'i915', values };
  return onHwmon(chip, 'energy1_input', (tree) => new IntelGpuSensor(context(tree)));
}

function acpiMeter(): FaultyMachine {
  const values = { power1_average: POWER, power1_average_interval: 100 };
  const chip = { device: 'LNXSYSTM:00/ACPI000D:00', number: 4, name: 'power_meter', values };
  return onHwmon(chip, 'power1_average', (tree) => new AcpiMeterSensor(context(tree)));
}

function jetson(): FaultyMachine {
  const values = { in1_label: 'VDD_GPU_SOC', in1_input: 5000, curr1_input: powerOf(constant(WATTS), 200) };
  const chip = {
    ...{ device: 'platform/bus@0/c240000.i2c/i2c-1/1-0040', number: 5, name: 'ina3221', values },
    links: ['bus/i2c/drivers/ina3221/1-0040'],
  };
  return onHwmon(chip, 'curr1_input', (tree) => new JetsonSensor(context(tree)));
}

function battery(): FaultyMachine {
  const tree = new PowerSupplyTree();
  tree.supply('BAT0', { type: 'Battery', status: 'Discharging', power_now: POWER });
  // a battery's power may have either sign
  const faults = ofFile(tree, tree.file('BAT0', 'power_now'), POWER, ['negative']);
  return { sensor: new BatterySensor(context(tree)), faults, remove: running(tree) };
}

function ipmi(): FaultyMachine {
  const tree = new SysfsTree();
  tree.folder('class/ipmi/ipmi0');
  const tool = new ProgramFolder('ipmitool');
  const healthy = () =>
    tool.prints(
      `    Instantaneous power reading:              ${WATTS} Watts\n    Power reading state is:                   activated\n`,
    );
  healthy();
  const fault = (script: string) => ({ fail: () => tool.does(script), mend: healthy });
  const faults = {
    refuse: fault('echo "Could not open device at /dev/ipmi0: Permission denied" >&2; exit 1'),
    garbage: fault('head -c 1000 /dev/urandom'),
    hang: {
      fail: () => tool.does('exec sleep 60'),
      mend: () => {
        healthy();
        for (const { pid } of tool.calls) end(pid);
      },
    },
    slow: fault(
      `sleep 0.3; echo " Instantaneous power reading: ${WATTS} Watts"; echo " Power reading state is: activated"`,
    ),
    'N/A': fault('echo " Power reading state is: deactivated"'),
  };
  const remove = () => {
    tree.remove();
    tool.remove();
  };
  return { sensor: new IpmiSensor(context(tree, tool.environment), 0.1), faults, remove };
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

const GPU_TRACE = { channels: { gpu: constant(WATTS) } };

function nvml(hasCounter: boolean): FaultyMachine {
  const machine = new NvmlMachine({ trace: GPU_TRACE, gpus: [hasCounter ? {} : PASCAL] });
  const fault = (...order: Parameters<NvmlMachine['fail']>) => ({
    fail: () => machine.fail(...order),
    mend: () => machine.mend(),
  });
  const nothing = () => undefined;
  const faults = {
    refuse: fault(0, { code: 4 }), // NVML_ERROR_NO_PERMISSION
    vanish: fault(0, { code: 15 }), // NVML_ERROR_GPU_IS_LOST
    'Not Supported': fault(0, { code: 3 }),
    hang: fault(0, 'hang'),
    slow: fault(0, { slowMillis: 300 }),
    garbage: fault(0, 'garbage'),
    reset: { fail: () => machine.resetCounter(0), mend: nothing },
    'driver reload': { fail: () => machine.reloadDriver(), mend: nothing },
  };
  const sensor = new NvmlSensor({ sysfs: '/sys', procfs: '/proc', environment: machine.environment });
  return { sensor, faults, remove: () => machine.remove() };
}

function nvidiaSmi(): FaultyMachine {
  const machine = new NvmlMachine({ trace: GPU_TRACE });
  const fault = (kind: Parameters<NvmlMachine['failSmi']>[0]) => ({
    fail: () => machine.failSmi(kind),
    mend: () => machine.mend(),
  });
  const faults = {
    vanish: fault('die'),
    hang: fault('hang'),
    garbage: fault('garbage'),
    'N/A': fault('[N/A]'),
    'Not Supported': fault('[Not Supported]'),
    'needs reset': fault('[GPU requires reset]'),
  };
  const where = { sysfs: machine.root, procfs: machine.root, environment: machine.environment };
  return { sensor: new NvidiaSmiSensor(where, 0.5), faults, remove: () => machine.remove() };
}

/** One of each kind of sensor that can be simulated here. */
export const MACHINES: Readonly<Record<string, () => FaultyMachine>> = {
  rapl,
  'rapl, small range': wrappingRapl,
  amdgpu: amdGpu,
  'intel-gpu': intelGpu,
  jetson,
  'acpi-meter': acpiMeter,
  ipmi,
  battery,
  'nvml, counter': () => nvml(true),
  'nvml, power': () => nvml(false),
  'nvidia-smi': nvidiaSmi,
};
