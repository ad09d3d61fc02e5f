import type { enFrame } from '../en-frame';
import type { FrameTables, DeskTables } from '../parts';
import type { Translation } from '../speak';
import { tables as deskTables } from './desk';

/** What the frame in other sites' pages says, in Spanish. */
const own: Translation<typeof enFrame> = {
  'embed.title': 'Mejorar fotos',
  'embed.alone':
    'Esta página está hecha para mostrarse dentro de otros sitios. Para mejorar fotos aquí, abra Enlarger.',
  'embed.open': 'Abrir Enlarger',
  'embed.other': 'Abrir otra foto',
  'embed.adjust': 'Ajustar',
  'embed.dropHere': 'o suéltela aquí, o péguela',
  'embed.proof': 'Funciona en su dispositivo. El resultado va a {host} y a ningún otro lugar.',
  'embed.proofOwn':
    'Funciona en su dispositivo. Al pulsar «Mejorar», {host} recibe el resultado, su nombre y su tamaño; antes, nada.',
  'embed.dropMany': 'o suéltelas aquí, o péguelas',
  'embed.several':
    'Foto {place} de {count}. Una pulsación en «Mejorar» vale para todas las que quedan.',
  'embed.proofMany':
    'Funciona en su dispositivo. Al pulsar «Mejorar», {host} recibe los resultados de todas las fotos que quedan, sus nombres y sus tamaños; antes, nada.',
  'embed.leftOut': '{name} se ha dejado fuera. {reason}',
  'embed.unheard':
    'Esa pulsación no contó: el botón debe verse entero, sin nada encima, durante medio segundo. Púlselo entonces de nuevo.',
  'embed.withheld':
    'Esto es casi su propia foto, así que no se le dio a {host}. Puede guardarla igualmente.',
  'embed.original':
    'A 1× el resultado es casi la foto misma, y la foto propia de un visitante nunca se da así.',
  'embed.ownStrength': 'options.strength la decide el visitante cuando la foto es suya.',
  'embed.ownFinish': 'recipe.finish lo decide el visitante cuando la foto es suya.',
  'embed.badAccent': 'accent debe ser un color opaco, sin variables: vale el predeterminado.',
  'embed.badRadius': 'radius debe ser una longitud de 0 a {mostRadius}px: vale la predeterminada.',
  'embed.asks': '{host} quiere mejorar esta foto en su dispositivo.',
  'embed.download': 'Primera vez: descarga {size}, y el motor, de hasta {engine}, una sola vez.',
  'embed.engine': 'La primera vez quizá se cargue el motor, de hasta {engine}.',
  'embed.waiting': 'Esperando a otra foto de esta página…',
  'embed.busy': 'Hay otra cosa en marcha. Espere a que termine o cancélela.',
  'embed.model.site': 'Los de la propia herramienta',
  'embed.model.get': 'Descargar {name}, {size}',
  'embed.model.told': 'Modelos de {host}. Se guardan en este navegador, solo para {host}.',
  'embed.model.coming': 'Descargando {name}: {done} de {size}',
  'embed.model.broken':
    '{name} no llegó entero desde {host} y no se guardó nada. Inténtelo de nuevo.',
  'embed.model.more': '{host} envió más de {name} de lo que había anunciado y no se guardó nada.',
  'embed.model.unsized':
    '{name} no indica su tamaño, es de otro origen o supera {most}: no se ofrece a los visitantes.',
};

/** All that the frame says, in Spanish. */
export const tables: DeskTables & FrameTables = {
  ...deskTables,
  frame: { ...deskTables.main, ...own },
};
