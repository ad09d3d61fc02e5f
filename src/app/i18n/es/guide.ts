import type { GuideTables } from '../parts';

/** The guide, in Spanish. */
export const tables: GuideTables = {
  guide: {
    parts: [
      {
        title: 'Lo que esto puede hacer, y lo que nada puede',
        texts: [
          'Una pequeña red neuronal mira cada parte de su foto y la dibuja más grande, más limpia o más nítida. Las redes fieles dibujan lo que hay. Las nítidas también intuyen cómo pudieron ser los bordes y la textura, a partir de otras fotos de las que aprendieron.',
          [
            'El detalle que una foto no tiene no se puede recuperar. Lo que lo parece es una conjetura: una letra, una matrícula, una cara o un patrón puede salir nítido y equivocado. Cuanto más pequeño el original, más se conjetura.',
            'Un escaneo pequeño',
            'Ampliado con Nítida: Shuila Bainus',
            'La página real: Sheila Baines',
          ],
        ],
      },
      {
        title: 'Cuándo no usarlo',
        texts: [
          'No como prueba, ni para decir quién o qué es alguien o algo: una conjetura no prueba nada. No para medicina, medición o ciencia: lo que allí importa puede ser lo que una red ha alisado o inventado. Diga que una imagen se mejoró cuando alguien pueda fiarse de ella; «Marcar como mejorada» lo escribe en el archivo.',
        ],
      },
      {
        title: 'Receta',
        texts: [
          'Preajuste: de qué es la foto. Foto responde a lo que se midió en ella. Retrato es más suave con la piel; Texto no inventa bordes ni quita tramas, pues las letras de ancho fijo también forman una cuadrícula; Foto antigua recorta el escaneo a su copia, repara lo que está claramente dañado, quita la trama del papel, recupera los colores, limpia con suavidad e intuye la textura, cada cosa en la medida en que se encontró, y enumera cuáles son; Arte conserva el grano; Render le quita el ruido; Textura sigue encajando después.',
          'Suave, Auto y Más: menos de lo que pide la foto, lo que pide, y más, cada uno mostrado en un punto de su foto antes de hacer nada.',
          'Recortar: sobre qué parte se trabaja y hacia dónde queda arriba. Arrastre el marco, sus bordes y esquinas, o muévalos con las flechas; manténgalo en una proporción; gire y voltee, lo que conserva cada píxel; enderece, lo que dibuja de nuevo cada píxel y no deja esquinas vacías. Va antes que todo lo demás, así que el proceso tarda menos, y el archivo queda como está: Recortar vuelve a mostrar la foto completa.',
          'Ampliar: cuántas veces más ancha y más alta.',
          'Otro tamaño: píxeles, megapíxeles o una impresión; se alcanza con la ampliación más cercana y luego se remuestrea. Un enlace puede pedir uno: tras ?size= va 3000w, 1.5x, 24mp o 30cm.',
          [
            'Imagen: Fiel dibuja lo que hay y conviene a originales limpios. Nítida conjetura y conviene a imágenes de la web o del móvil.',
            'Un JPEG pequeño',
            'Ampliado con Fiel',
            'Ampliado con Nítida',
          ],
          [
            'Reparar daños: se buscan rayas, polvo y manchas y se marcan en la imagen; lo marcado se rellena con lo que lo rodea, antes de hacer nada más. Mire las marcas antes de mejorar: un cable, un pelo o una luz puede tomarse por un daño, y los daños leves se escapan. «Marcar daños» pinta más, o los quita. Lo que no está marcado queda como está. Lo rellenado es una conjetura: en una cara, marque lo menos posible.',
            'Una copia rayada, dibujada',
            'Reparada, sensibilidad 85 %',
          ],
          'Sensibilidad a los daños: qué probabilidad debe haber de que algo sea un daño. Más encuentra daños más leves, y marca más cosas que solo lo parecen; lo que usted pintó se queda.',
          'Balance de blancos y luz: cuán clara es la foto, sus sombras y altas luces, y cuál de sus colores es gris, ajustado antes que todo lo demás. Elija un punto neutro y pulse sobre algo gris o blanco; temperatura y matiz hacen lo mismo a mano. El balance automático estima la luz por lo más claro y por los bordes: acierta más a menudo de lo que falla donde una imagen tiene una dominante, y falla donde todo lo que muestra es de un solo color. Una dominante clara se avisa, y nunca se quita sin pedirlo. La Exposición de Acabado es para después, y no requiere otro proceso. «Invertir un negativo» saca un positivo de una película escaneada: cada canal se extiende entre la película clara y su parte más densa, sin el marco de alrededor; lo bastante cerca para seguir con el balance de blancos y el brillo. La película en color se delata por su naranja; un negativo gris solo lo reconoce usted.',
          [
            'Ruido: cuánto ruido se quita. Demasiado se lleva la textura.',
            'Una foto con ruido',
            'Limpiada, intensidad 60 %',
            'Intensidad 100 %',
          ],
          [
            'JPEG: cuántos bloques y halos de una compresión fuerte se quitan.',
            'Un JPEG de calidad 15',
            'Limpiado',
          ],
          [
            'Enfoque: cuánto de una imagen enfocada se mezcla; se busca y se corrige el movimiento de la cámara. Demasiado resulta duro.',
            'Movida siete píxeles',
            'Corregida',
          ],
          [
            'Quitar la trama: el panal del papel fotográfico seda, el tejido del lienzo y los puntos de una impresión se repiten por toda la imagen; lo que se repite así se quita antes de que una red lo acentúe. Se sugiere donde se cruzan dos ondas así. Una foto de una tela que llena la imagen se ve igual: déjelo entonces desactivado.',
            'Papel fotográfico seda, dibujado',
            'Quitado',
          ],
          'Cuánto: menos deja algo del papel.',
          'Recuperar el color: los tintes de una copia se desvanecen, cada uno a su ritmo, hasta que el negro es gris y el blanco amarillo o rosado. Lo que ha sido de las partes más oscuras y más claras dice cuánto, sin el papel que rodea la copia; se deshace antes de que una red vea la foto. Se sugiere para copias en color en las que el negro es claramente gris y el blanco tiene claramente un color. La niebla y la luz del atardecer se le parecen: déjelo entonces desactivado.',
          'Dominante: cuánto se quita del color que han tomado el negro y el blanco.',
          'Contraste perdido: cuánto se separan de nuevo el negro y el blanco.',
          'Desigualdad: cuánto se iguala de lo que se ha desvaído en un lado, o de la sombra que un objetivo dejó en los bordes. Los contornos de una foto se aclaran hacia un lado tantas veces como se oscurecen; lo que sobra lo han puesto el tiempo y el objetivo. Lo que es oscuro en un borde puede serlo en la foto: nada se iguala si usted no lo pide.',
          'Cálculo: una red mejor tarda más. «Auto» deja que decida la velocidad de su equipo.',
          'Modelo: redes de otras personas que usted mismo trae: «Añadir un modelo» en «Guardado sin conexión», o suelte el archivo en la página. Se queda en este dispositivo. Uno que amplía ocupa el lugar de los de este sitio, y su resultado se lleva al tamaño deseado; uno que conserva el tamaño trabaja antes o, si así lo elige, después de ampliar. Lo que hace con una foto es cosa de sus autores: mire de cerca antes de fiarse.',
        ],
      },
      {
        title: 'Acabado',
        texts: [
          'Todo esto cambia en vivo tras un proceso, y es lo que escribe «Guardar».',
          'Intensidad: cuánto se ve del trabajo de las redes. Empieza en 60 % donde una foto se limpia o se enfoca, porque todo ello suele parecer plástico, y en 100 % donde se amplía. Lo reparado, la trama quitada y los colores recuperados quedan con cualquier intensidad, y también bajo una máscara.',
          'Grano: como el de película; oculta lo que parece demasiado liso.',
          'Nitidez: bordes más marcados, sin halos.',
          'Solo luminancia: luminosidad del resultado, color del original.',
          'Conservar colores: las zonas grandes conservan los colores del original.',
          'Luz y color: exposición en pasos, contraste, calidez, saturación; la intensidad de color es saturación sobre todo para colores apagados. Blanco y negro no deja color; los tonos tiñen sombras y altas luces, en frío o en cálido; Sepia, Selenio y Cianotipia son tonos así de una imagen en blanco y negro, como los tenían las copias.',
          'Caras: «Buscar caras» enumera dónde las hay. En cada una que esté marcada, la intensidad y la nitidez actúan menos, al principio un 60 %, en una elipse de borde suave, de modo que queda más del original y de su grano. Ninguna cara se reconoce, se compara ni se guarda: se busca en su dispositivo, y solo dónde está. Las caras de perfil, en sombra o bajo un casco a menudo se pasan por alto, y algo que se parezca a una cara puede figurar en la lista; el pincel protege lo que falte.',
          'Pincel: pinta dónde debe verse el efecto y dónde no.',
          'Colorear: da color a una foto gris o desvaída a partir de líneas cortas que usted traza. Cada color se extiende hasta los bordes de aquello sobre lo que está, y la luminosidad queda como está. Donde un color llegue demasiado lejos, trace allí otro, o «Sin color», que mantiene gris un lugar; el borrador quita líneas. Con Blanco y negro se van los colores propios de la foto y estos se quedan. La intensidad no los cambia. Los colores son una suposición, no un hecho histórico: nadie sabe por una foto gris qué era azul o marrón.',
          'Revisar: enumera dónde el resultado muestra lo que la foto no muestra, y trae allí de vuelta el original.',
          'Deshacer y Rehacer van atrás y adelante; el Historial enumera cada paso y lleva a cualquiera. Un doble clic en un control, o Supr, lo devuelve a su valor inicial; «Restablecer todo» lo hace con todo.',
        ],
      },
      {
        title: 'Varias fotos',
        texts: [
          'Abra varios archivos, una carpeta o un ZIP, o suéltelos: quedan en una tira bajo la foto. «Mejorar todas» las trata una tras otra, cada una según lo que le conviene; ajuste a su gusto la foto que se ve y elija «Ajustes actuales» para tratarlas todas igual. Lo que recorte, marque o pinte en una de ellas se hace solo en esa, también con «Mejorar todas». «Pausar», «Omitir» y «Reintentar las fallidas» hacen lo que dicen; un archivo dañado no detiene a los demás. Su fallo, y lo que se hizo con cada foto, están en «Opciones» y en el informe. Los vídeos figuran entre ellas, con su duración: cada uno recibe lo que piden sus imágenes, como en «Vídeo» cuando se abre solo. «Pausar» detiene un vídeo a la mitad y «Reanudar» sigue desde ahí.',
          'Los resultados esperan aquí hasta que «Guardar todas» los reúne en un ZIP. Mejor si son muchas: elija en «Opciones» una carpeta a la que va cada una en cuanto está lista, en su subcarpeta, y nunca sobre un archivo que ya exista.',
          'Tras una recarga, un fallo o el cierre de la pestaña, la primera página ofrece seguir; lo hecho no se repite. Una carpeta que se suelta se vuelve a encontrar también otro día: para ello el navegador conserva los nombres de sus archivos hasta que se termina. Los archivos del selector solo se pueden conservar mientras exista la pestaña, cifrados y hasta 1 GB; si son más, elíjalos otra vez.',
        ],
      },
      {
        title: 'Vídeos',
        texts: [
          'Abra un vídeo (MP4, MOV, WebM, MKV) como una foto. La receta, el recorte y la lupa se ajustan en su primer fotograma. En «Vídeo», «Desde» y «Hasta» eligen el tramo, «Reproducir dos segundos» muestra el resultado junto al original y «Mejorar» lo hace todo, fotograma a fotograma: sin GPU, un segundo o más para cada uno. «Cancelar» conserva lo hecho como un vídeo que se reproduce. El sonido se copia tal cual, salvo que lo limpie; también los subtítulos, los capítulos y, si no los quita, los metadatos (título, fecha, lugar, cámara); si no es posible, se indica; el HDR se rechaza.',
          '«Quitar el parpadeo» es para lámparas, obturadores y película gastada: se van más de nueve décimas partes del parpadeo, también si recorre una imagen en movimiento; los fundidos y los cortes se quedan. «Detalle estable» es para el ruido y para el detalle que cada fotograma recibió de nuevo: de un fotograma de una panorámica al siguiente queda algo más de un tercio de la diferencia. «Frecuencia de fotogramas» intercala fotogramas, para cámara lenta y panorámicas suaves; donde duda, repite el anterior. «Limpiar la voz» quita siseo, zumbido y viento de detrás de las voces, y también la música: déjelo desactivado en conciertos. El sonido se codifica entonces de nuevo y sigue sincronizado. «Suavizar degradados» suaviza cielos y paredes que la compresión dejó a escalones.',
          '«Calidad»: cuántos bits ocupa un vídeo. «Se ve igual» da tantos que apenas se pierde nada; «Más pequeño» usa del 40 al 75 %, y primero se suavizan el ruido, el agua y las hojas. «Personalizada» es su propia tasa de bits, para el límite de un sitio o un chat: Mbit/s de las imágenes, que las sencillas quizá no necesiten. Una vez reproducidos dos segundos, el tiempo, el tamaño y la tasa de bits del conjunto se indican antes de «Mejorar».',
          'Lo que un vídeo necesita lo dicen once fotogramas de todo el tramo y un segundo de luz en tres lugares. El ruido y los bloques que tienen al menos siete de cada diez fotogramas se limpian, y «Detalle estable» quita lo que de ellos aún cambia de un fotograma a otro; la luz que oscila un 2 % o más recibe «Quitar el parpadeo», y los cielos a escalones, «Suavizar degradados». En las pruebas, un parpadeo del 6 y del 7 % se leyó con un punto de error como máximo, y un ruido de 20 niveles, con 4. Si los fotogramas no coinciden, no se sugiere nada; «Frecuencia de fotogramas» y «Limpiar la voz» los decide usted. El ruido que la compresión de la cámara ya ha emborronado no se encuentra.',
          '«Guardar en un archivo» es para vídeos largos: elija el archivo antes de «Mejorar» y el vídeo se escribe en él a medida que se hace; después no queda nada que guardar. Lo que hay en ese archivo se queda hasta que el vídeo esté terminado. Si su disco se llena o el navegador ya no puede escribir, el vídeo se conserva aquí y no se pierde nada. Si aquí tampoco hay espacio, termina antes: guarde lo hecho, libere espacio y «Mejorar» continúa desde ahí. Firefox y Safari no lo ofrecen: allí «Guardar» escribe el vídeo una vez terminado.',
        ],
      },
      {
        title: 'Mirar',
        texts: [
          'Lupa: lo que los ajustes actuales harían de una parte, antes de un proceso. Comparar: original y resultado uno junto a otro, o solo el resultado. Para ver el original un momento, mantenga pulsada la foto sin moverse, o la barra espaciadora. Ver de cerca: lo que más cambió un proceso, a su propio tamaño. En la mayoría de las fotos se nota poco de lejos; mire al 100 %.',
        ],
      },
      {
        title: 'Lo que se queda con usted',
        texts: [
          'No se sube nada: las redes vienen a su foto, no su foto a ellas. No hay cookies ni contadores, y la página funciona sin red. «Guardado sin conexión» muestra lo que se guarda en su equipo, y lo borra. La foto abierta se guarda cifrada, por si se recarga o falla, mientras exista su pestaña.',
          'Su archivo nunca se cambia, salvo que elija «Guardar sobre el original». «Guardar» crea una copia.',
        ],
      },
    ],
  },
};
