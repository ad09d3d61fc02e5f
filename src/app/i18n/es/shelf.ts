import type { enShelf } from '../en-shelf';
import type { Translation } from '../speak';

/** What is kept in the browser, and for how long, in Spanish. */
export const shelf: Translation<typeof enShelf> = {
  'shelf.mended':
    'Llegó o estaba aquí dañado, no se usó y se obtuvo de nuevo: {names}. Si ocurre a menudo, puede deberse a un proxy, un filtro o el disco.',
  'shelf.title': 'Guardado sin conexión',
  'shelf.loading': 'Consultando…',
  'shelf.failed': 'No se pudo leer la lista: {reason}',
  'shelf.bytes': '{bytes} bytes',
  'shelf.shell': 'Esta página',
  'shelf.always': 'siempre',
  'shelf.engine': 'Motor',
  'shelf.formats': 'y formatos de imagen',
  'shelf.speech': 'Limpiar la voz',
  'shelf.speechNote': 'llega con el primer vídeo que lo usa',
  'shelf.codec': 'llega con la primera foto así',
  'shelf.kept': 'guardado',
  'shelf.partly': '{size} guardados',
  'shelf.notKept': 'no guardado',
  'shelf.delete': 'Eliminar {name}',
  'shelf.deleteAll': 'Eliminar todo',
  'shelf.keepAll': 'Guardar todo sin conexión, {size}',
  'shelf.keepRest': 'Guardar el resto, {size}',
  'shelf.allKept': 'Todo está guardado: esto funciona sin red.',
  'shelf.keeping': 'Guardando todo sin conexión',
  'shelf.progress': '{loaded} de {total}',
  'shelf.cancel': 'Cancelar',
  'shelf.cancelled': 'Detenido. Lo que había llegado queda guardado.',
  'shelf.full':
    'No hubo espacio para guardarlo todo. Lo que había llegado queda guardado; libere espacio e inténtelo de nuevo.',
  'shelf.broken': 'No se pudo obtener todo. Lo que había llegado queda guardado: {reason}',
  'session.name': 'Foto abierta',
  'session.note': 'por si se recarga o falla, cifrada, mientras exista esta pestaña',
  'session.switch': 'Conservar las fotos abiertas por si se recarga o falla',
  'session.queue': 'Varias fotos',
  'session.clips': 'Vídeos en curso',
  'session.clipsNote': 'Lo que está hecho, para seguir con ellos',
  'session.queueNote': 'para seguir tras una recarga, un fallo u otro día',
  'session.full':
    'No hubo espacio para conservar {name} por si se recarga o falla. Sigue abierta y no se pierde nada.',
  'session.refused': 'La foto vuelve a estar abierta, pero no sus ajustes: {reason}',
  'shelf.used': 'Este sitio usa {used} de los {quota} que el navegador le permite.',
  'shelf.persistent': 'El navegador no borra nada por sí mismo.',
  'shelf.fleeting': 'El navegador puede borrarlo cuando falte espacio.',
};
