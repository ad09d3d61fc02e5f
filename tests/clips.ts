/** Clips for tests, made and judged by ffmpeg, which `npm test` installs. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function within<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'clip-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[]): Buffer {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  return execFileSync(program, args, { stdio, maxBuffer: 2 ** 28 });
}

/**
 * Makes a clip.
 *
 * @param name What the file is called: its ending says which container.
 * @param args What it is made of, and how: arguments of ffmpeg, before the name.
 * @returns The file's bytes.
 */
export function makeClip(name: string, args: readonly string[]): Buffer {
  return within((folder) => {
    const path = join(folder, name);
    run('ffmpeg', ['-v', 'error', ...args, '-y', path]);
    return readFileSync(path);
  });
}

/** What ffprobe tells of a stream, as text; see `-show_streams`. */
export type ProbedStream = Readonly<Record<string, string | number | undefined>>;

/** What is in a clip, as ffprobe reads it. */
export type Probed = {
  readonly streams: readonly ProbedStream[];
  /** When each picture is shown, in seconds, in that order. */
  readonly times: readonly number[];
};

/**
 * Judges a clip.
 *
 * @param clip The file's bytes.
 * @returns What is in it.
 */
export function probeClip(clip: Uint8Array): Probed {
  return within((folder) => {
    const path = join(folder, 'clip');
    writeFileSync(path, clip);
    const show = ['-show_streams', '-show_frames', '-show_entries', 'frame=media_type,pts_time'];
    const told = JSON.parse(
      run('ffprobe', ['-v', 'error', '-of', 'json', ...show, path]).toString(),
    ) as { readonly streams: ProbedStream[]; readonly frames: Record<string, string>[] };
    const pictures = told.frames.filter((frame) => frame['media_type'] === 'video');
    return { streams: told.streams, times: pictures.map((frame) => Number(frame['pts_time'])) };
  });
}

/**
 * The pictures of a clip, one after the other, in red, green and blue.
 *
 * @param clip The file's bytes.
 * @returns Bytes: width x height x 3 a picture.
 */
export function picturesOf(clip: Uint8Array): Buffer {
  return within((folder) => {
    const path = join(folder, 'clip');
    writeFileSync(path, clip);
    const raw = ['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'rgb24'];
    // Rounded as the standards' sums are, not as is fastest.
    const flags = ['-sws_flags', 'accurate_rnd+full_chroma_int+bilinear'];
    return run('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:v:0', ...flags, ...raw, '-']);
  });
}

/**
 * The first sound of a clip, from time 0 of its own on: ffmpeg would else begin where the earliest packet does.
 *
 * @param clip The file's bytes.
 * @returns Samples of 32 bits, floating, one channel, 48,000 a second.
 */
export function soundOf(clip: Uint8Array): Buffer {
  return within((folder) => {
    const path = join(folder, 'clip');
    writeFileSync(path, clip);
    const raw = ['-ac', '1', '-ar', '48000', '-f', 'f32le', '-'];
    const timed = ['-af', 'aresample=48000:async=1:first_pts=0'];
    return run('ffmpeg', ['-v', 'error', '-copyts', '-i', path, '-map', '0:a:0', ...timed, ...raw]);
  });
}

/** A line of text in a clip, as ffmpeg reads it. */
export type ProbedText = {
  readonly stream: number;
  /** In seconds. */
  readonly at: number;
  readonly duration: number;
  readonly hash: string;
};

/** The text of a clip. */
export type ProbedTexts = {
  readonly tracks: readonly ProbedStream[];
  /** Packets of each track, one track after the other: how they lie between each other is the writer's choice. */
  readonly packets: readonly ProbedText[];
  /** When each chapter begins and ends, in seconds, and its title. */
  readonly chapters: readonly (readonly [number, number, string])[];
  /** When the film was made, by the file's own word. */
  readonly date: string | null;
};

/**
 * Judges what text is in a clip.
 *
 * @param clip The file's bytes.
 * @returns Subtitles and chapters; tracks of the chapters' titles are not among the tracks.
 */
export function textsOf(clip: Uint8Array): ProbedTexts {
  return within((folder) => {
    const path = join(folder, 'clip');
    writeFileSync(path, clip);
    const show = ['-show_streams', '-show_packets', '-show_data_hash', 'md5', '-show_chapters'];
    const told = JSON.parse(
      run('ffprobe', ['-v', 'error', '-of', 'json', '-show_format', ...show, path]).toString(),
    ) as {
      readonly streams: ProbedStream[];
      readonly packets: Record<string, string>[];
      readonly chapters: (Record<string, string> & {
        readonly tags?: { readonly title: string };
      })[];
      readonly format: { readonly tags?: Record<string, string> };
    };
    const tracks = told.streams.filter((stream) => stream['codec_type'] === 'subtitle');
    const packets = told.packets.filter((packet) => packet['codec_type'] === 'subtitle');
    return {
      tracks,
      packets: packets
        .map((packet) => ({
          stream: Number(packet['stream_index']),
          at: Number(packet['pts_time']),
          duration: Number(packet['duration_time']),
          hash: packet['data_hash']!,
        }))
        .sort((a, b) => a.stream - b.stream),
      chapters: told.chapters.map(({ start_time: from, end_time: to, tags }) => {
        return [Number(from), Number(to), tags?.title ?? ''] as const;
      }),
      date: told.format.tags?.['creation_time'] ?? null,
    };
  });
}

/**
 * The packets of each sound of a clip, as they lie in the file.
 *
 * @param clip The file's bytes.
 * @returns A line for each packet: the sound's number, its time in seconds, its bytes and a hash of them.
 */
export function soundPackets(clip: Uint8Array): readonly string[] {
  return within((folder) => {
    const path = join(folder, 'clip');
    writeFileSync(path, clip);
    const entries = ['-show_entries', 'packet=stream_index,pts_time,size,data_hash'];
    const show = ['-show_packets', '-show_data_hash', 'md5', ...entries, '-of', 'csv=p=0'];
    const told = run('ffprobe', ['-v', 'error', '-select_streams', 'a', ...show, path]);
    return told.toString().trim().split('\n').filter(Boolean);
  });
}

/**
 * What a clip says of itself.
 *
 * @param clip The file's bytes.
 * @returns Its tags as exiftool reads them, by group and name ("ItemList:Title"), but for those that count or describe the streams.
 */
export function tagsOf(clip: Uint8Array): Readonly<Record<string, unknown>> {
  return within((folder) => {
    const path = join(folder, 'clip');
    writeFileSync(path, clip);
    const [told] = JSON.parse(run('exiftool', ['-j', '-G1', '-n', path]).toString()) as [
      Record<string, unknown>,
    ];
    return told;
  });
}
