package demo

// bench names the words of a department.
type bench int

const (
	benchAnimation bench = iota
	benchLighting
	benchComp
	benchEffects
	benchAssets
	benches
)

// The marks that stand in a note for the frame and the version it speaks of.
const (
	frameMark   = "{f}"
	versionMark = "{v}"
)

// first are notes that begin a thread, by department; replies and messages belong to everybody.
var first = [benches][]string{
	benchAnimation: {
		"The weight shift at {f} reads late. Could the hips lead by two frames before the step?",
		"Love the hesitation at the door. Please keep it, even if the shot gets trimmed.",
		"Mara's left mitten goes through the oar between {f} and the end. A small rotation on the wrist should do.",
		"The look to camera right is too quick. Give us three or four frames to see her decide.",
		"Feet slide on the ice from {f}. I can see it in the reflection as well.",
		"Director wants the breath to start earlier, before the turn, so the cloud is there when she speaks.",
		"Arc on the right hand pops at {f}. Everything around it is lovely.",
		"Can we try this one on twos until she falls, and on ones after? It may carry the panic better.",
		"The eyes are not quite locked on the lamp. Half an iris to the left, please.",
		"Blocking approved. Go ahead with splines, and keep the pose at {f} as it is.",
		"The parka follows too soon. Drag it by a couple of frames on the stop.",
		"Cut gave us six more frames at the head. Handles are updated in the edit of this morning.",
		"Her balance at {f} only works because we do not see the feet. In the wide of sh0130 we do.",
		"This is very close. One pass on the fingers around the rope and I would send it to final.",
		"Rig has a fix for the shoulder collapse in v031. Please update before you polish.",
		"The boat is still when she jumps. It should dip and answer her, otherwise she weighs nothing.",
		"Nice clean-up. The blink at {f} falls exactly on the cut, so move it by two.",
		"Mouth shapes on 'lantern' look like 'lanton'. Check the reference from the recording.",
		"Please hold the last pose for eight frames. Sound wants the room for the horn.",
		"Her head leads every turn. Let the eyes go first at least once.",
	},
	benchLighting: {
		"Lower the practicals by a third of a stop. The lamp has to be the only warm thing in the frame.",
		"Rim on her left shoulder pops at {f}. Can we hold the value from four frames before?",
		"The fill is lifting the blacks in the water. Take it off the fjord and keep it on her.",
		"Matches sh0120 nicely now. Please take the same rig to the end of the sequence.",
		"The aurora should not cast shadows this hard. Wider source, and let it breathe slower.",
		"Noise in the snow at {f}. More samples on the volume, the rest is fine.",
		"Her face goes flat when the beam passes. Give it a bit of direction, from low.",
		"We lost the horizon in the storm. A hint of the far ridge helps to read the distance.",
		"Eye light, please. Even a tiny one.",
		"Key is a touch green on skin. The ice is perfect.",
	},
	benchComp: {
		"Edge on the mitten is a little crunchy at {f}. Could be the roto, could be the grade.",
		"Grain is missing on the lens flare, so it floats on top. Otherwise it is a final for me.",
		"The mist sits in front of the rope where it should be behind. Depth looks inverted from {f}.",
		"Client likes the second grade. Keep that one and version it up.",
		"Bloom on the lamp is twice what we had in sh0110. Please match it.",
		"Could you hold the reflection down by ten percent? It draws the eye before she turns.",
		"Black levels jump against the previous cut. Compare at {f}, not at the head.",
		"The snow in the foreground wants more defocus. We are on the 65 here.",
		"There is a dead pixel line at the right border, one column wide, all the way through.",
		"Approved. Please publish the precomp as well, trailer needs it.",
	},
	benchEffects: {
		"Spray is gorgeous. It lives a bit too long, half of it should be gone by {f}.",
		"The ice breaks before the hull touches it. About three frames early.",
		"Can we get the breath in a layer of its own? Comp wants to tint it.",
		"Snow moves to camera left while her scarf says right. Scarf wins.",
		"The sim explodes for one frame at {f}, top left corner.",
		"Foam looks like soap. Smaller cells and less white.",
		"Cache is in place for light, thank you. Scale of the embers works.",
		"Could the wave hide the foot of the tower? It saves us the rock.",
	},
	benchAssets: {
		"The boot lace intersects the snow shoe in the rest pose.",
		"Corrective at the elbow kicks in too late. At 70 degrees it already hurts.",
		"Fur on the hood flickers when she turns. Looks like the guide count again.",
		"Lamp room is lovely. The stairs are a little steep for a twelve-year-old.",
		"Please bake the mitten thickness into the model, the displacement is eating the silhouette.",
		"New UVs break the wool. Could we go back to v012 for the sweater only?",
		"Naming is off on the left hand: two controls are called the same, and the pose library picks the wrong one.",
		"Turntable approved. Publishing for the shots.",
	},
}

var replies = []string{
	"On it. You will have a new version before lunch.",
	"Thanks, that was it. v{v} is up.",
	"I see it too. Is it all right if I take it after sh0120?",
	"Done, and I gave the hand a pass as well while I was there.",
	"Can we look at it together in dailies? I am not sure it is the same problem.",
	"Yes please, keep it.",
	"That comes from the cache, not from the shot. Oskar is writing a new one.",
	"Good catch. Fixed in the rig, so all shots get it.",
	"I tried both. The second one is better, I left the first in the history.",
	"Looks right to me now. Moving it to review.",
	"Could you point me to the frame? I do not see it in v{v}.",
	"Agreed. Let us leave it for this round and see what the director says.",
	"Reference is in the folder of the sequence, take three.",
	"No need to wait for me, go ahead.",
	"Rendering now, forty minutes.",
	"Much better. One more from me and then it is a final.",
	"The edit changed this morning, so it may be gone anyway. Check before you spend time on it.",
	"It is in the handles, nobody will see it.",
	"I would rather move the camera by a hair than touch the pose.",
	"Perfect, thank you.",
}

var messages = []string{
	"Dailies move to 10:30 tomorrow, the client joins for sq020.",
	"Do you have half an hour this afternoon for the crossing? I would like to plan the last four shots with you.",
	"The farm is down to half until three. Please keep the big ones for the night.",
	"Great work on the door today. The director asked who did it.",
	"Could you send me your hours for last week before you go?",
	"New reference of walking on ice is on the server, in reference/ice.",
	"I am out on Thursday. Lena has the sequence that day.",
	"Reminder: the rig update lands at noon. Save before you update.",
	"Screening of the first reel on Friday at four, in the big room.",
	"Your workstation gets its new card on Monday. Leave it on, please.",
}

var comments = []string{
	"Blocking with the new rig", "Spline pass", "Polish, fingers and breath", "Notes from dailies", "Timing after the new edit",
	"First light", "Second grade", "Cache for lighting", "Edges cleaned up", "Hold at the end", "Matched to sh0110", "For the client",
}
